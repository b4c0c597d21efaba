package dev.smt.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The application's packages depend on each other one way only. */
class PackageRulesTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.smt.jobs");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.smt.jobs.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyTheEntryPointKnowsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.smt.jobs", "dev.smt.jobs.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.smt.jobs.cli..", "picocli..")
                .check(classes);
    }

    @Test
    void tablesAndConfigurationKnowNoStep() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.smt.jobs.table..", "dev.smt.jobs.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.smt.jobs.ingest..",
                        "dev.smt.jobs.mmo..",
                        "dev.smt.jobs.trial..",
                        "dev.smt.jobs.run..",
                        "dev.smt.jobs.representative..")
                .check(classes);
    }
}
