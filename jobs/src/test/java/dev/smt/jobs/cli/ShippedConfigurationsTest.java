package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.config.SmtConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every configuration that is shipped is read without a problem. */
class ShippedConfigurationsTest {
    private static final Path FOLDER = Path.of("../conf");

    @TestFactory
    Stream<DynamicTest> hasNoProblems() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Settings settings = Settings.of(SmtConfiguration.load(file.toFile(), List.of("data=/nowhere")));
                    assertThat(settings.warehouse()).startsWith("warehouse/");
                    assertThat(settings.steps()).hasSize(9);
                }));
    }
}
