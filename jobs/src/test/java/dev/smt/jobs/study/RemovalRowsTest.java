package dev.smt.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.table.TechniqueRemovalRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PlantedModels;
import dev.smt.metric.ModelDelta;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which techniques no longer earn their place. */
class RemovalRowsTest {
    private static final MmoConfiguration MMO = new SmtConfiguration(
                    "test", ConfigFactory.parseString("mmo.alpha = 0.1"))
            .read(root -> MmoConfiguration.read(root.section("mmo")));
    private static final List<FleetModel> MODELS = List.of(PlantedModels.model("a", 3), PlantedModels.model("b", 1));
    private static final RemovalRows ROWS = new RemovalRows(
            "run",
            new TemplateVersionRow(
                    "run", "sparse-nn-medium", 4, OptionalInt.empty(), "", "", "", Instant.EPOCH, "integration"),
            MODELS,
            MMO);

    @Test
    void whatCostsWhenItIsGoneIsKept() {
        TechniqueRemovalRow row = ROWS.of("dropout", List.of(result("a", -1, 0.2), result("b", -0.2, 0.4)));
        assertThat(row.mu().orElseThrow()).isCloseTo(-0.8, within(1e-12));
        assertThat(row.muSe().orElseThrow()).isCloseTo(Math.sqrt(0.15 * 0.15 + 0.1 * 0.1), within(1e-12));
        assertThat(row.regressionRate()).hasValue(1);
        assertThat(row.verdict()).isEqualTo(TechniqueRemovalRow.KEEP);
        assertThat(row.flopsRatio()).hasValue(0.9);
    }

    @Test
    void whatCostsNothingThatMattersWhenItIsGoneIsWorthRemoving() {
        assertThat(ROWS.of("dropout", List.of(result("a", 0.05, 0.02), result("b", 0, 0.02)))
                        .verdict())
                .isEqualTo(TechniqueRemovalRow.REMOVE);
    }

    @Test
    void noiseLeavesItOpen() {
        assertThat(ROWS.of("dropout", List.of(result("a", 0.05, 0.5), result("b", 0, 0.5)))
                        .verdict())
                .isEqualTo(TechniqueRemovalRow.OPEN);
        TechniqueRemovalRow unknown = ROWS.unknown("dropout", "something else set a field");
        assertThat(unknown.verdict()).isEqualTo(TechniqueRemovalRow.OPEN);
        assertThat(unknown.mu()).isEmpty();
        assertThat(unknown.reason()).contains("something else set a field");
    }

    @Test
    void whatCantBeTrainedWithoutItIsKept() {
        PairedResult failed = new PairedResult(
                ModelDelta.failure("b"),
                Optional.of("the loss is NaN"),
                OptionalDouble.empty(),
                0.9,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                1,
                1,
                0,
                0,
                "cpu",
                "host",
                List.of(),
                Optional.empty());
        TechniqueRemovalRow row = ROWS.of("dropout", List.of(result("a", 1, 0.1), failed));
        assertThat(row.verdict()).isEqualTo(TechniqueRemovalRow.KEEP);
        assertThat(row.reason()).contains("b can't be trained without it: the loss is NaN");
        assertThat(row.mu()).isEmpty();
    }

    private static PairedResult result(String model, double delta, double error) {
        return new PairedResult(
                new ModelDelta(model, false, delta, error),
                Optional.empty(),
                OptionalDouble.of(0.9),
                0.9,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0.9,
                0.9,
                1,
                1,
                "cpu",
                "host",
                List.of(),
                Optional.empty());
    }
}
