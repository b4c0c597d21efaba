package dev.smt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Imports go one way only: docs/architecture.md has the same order. */
class PackageOrderTest {
    private static final List<String> LOWEST_FIRST = List.of(
            "metric",
            "experiment",
            "comparison",
            "search",
            "bayes",
            "decision",
            "fleet",
            "feature",
            "data",
            "benchmark",
            "nn",
            "serving",
            "training",
            "template",
            "model",
            "technique");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.smt");

    @TestFactory
    List<DynamicTest> noPackageImportsOneAboveIt() {
        return LOWEST_FIRST.stream()
                .limit(LOWEST_FIRST.size() - 1L)
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String[] above = LOWEST_FIRST.subList(LOWEST_FIRST.indexOf(name) + 1, LOWEST_FIRST.size()).stream()
                            .map(other -> "dev.smt." + other + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage("dev.smt." + name + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(above)
                            .check(classes);
                }))
                .toList();
    }
}
