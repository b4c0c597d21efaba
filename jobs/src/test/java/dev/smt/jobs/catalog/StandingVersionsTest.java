package dev.smt.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.table.BackTestVerdictRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.search.ParameterValues;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work goes on from versions that passed. */
class StandingVersionsTest {
    private static final String NAME = "sparse-nn-medium";

    @TempDir
    private Path folder;

    @Test
    void aVersionThatABackTestRefusedIsPassedOver() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        PublishedTemplates templates = new PublishedTemplates(warehouse, Clock.systemUTC());
        assertThat(new StandingVersions(warehouse, templates).of(NAME).version())
                .isEqualTo(1);
        publish(templates, 0.1);
        assertThat(new StandingVersions(warehouse, templates).of(NAME).version())
                .isEqualTo(2);
        // Refused as it is; that a part of it passed is another version.
        warehouse.append(
                BackTestVerdictRow.TABLE,
                List.of(verdict(2, Optional.empty(), false), verdict(2, Optional.of("a"), true)));
        assertThat(new StandingVersions(warehouse, templates).of(NAME).version())
                .isEqualTo(1);
        publish(templates, 0.2);
        assertThat(new StandingVersions(warehouse, templates).of(NAME).version())
                .isEqualTo(3);
        assertThat(new StandingVersions(warehouse, templates)
                        .of("sparse-nn-small")
                        .version())
                .isEqualTo(1);
    }

    private static void publish(PublishedTemplates templates, double smoothing) {
        Template template = TemplateCatalog.named(NAME);
        templates.publish(
                "run" + smoothing,
                Techniques.named("label-smoothing")
                        .apply(template, ParameterValues.empty().with("label-smoothing.smoothing", smoothing)),
                templates.latest(NAME),
                Map.of(),
                "integration");
    }

    private static BackTestVerdictRow verdict(int version, Optional<String> leftOut, boolean passed) {
        OptionalDouble none = OptionalDouble.empty();
        return new BackTestVerdictRow(
                "run",
                "study",
                NAME,
                version,
                leftOut,
                "a, b",
                3,
                OptionalDouble.of(0.1),
                none,
                1,
                0.8,
                0,
                passed,
                "planted",
                OptionalInt.empty());
    }
}
