package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.trial.PlantedModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's own numbers, Tables 3 and 4, come out of the views' rules. */
class PaperTotalsTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();
    private static final int MODELS = 1000;
    /** Models reached per cycle, in tenths of a percent; the first of each cycle, so that 518 are reached in all. */
    private static final int[] REACHED = {142, 201, 198, 294};

    private static final int[] FIRST = {0, 142, 110, 224};
    private static final double[] MEAN = {0.36, 0.56, 0.68, 0.78};
    private static final double[] LARGEST = {0.95, 1.12, 1.38, 1.94};
    private static final double[] LIFT = {0.11, 0.19, 0.27, 0.29};

    @TempDir
    private Path folder;

    @Test
    void tableThreeAndItsTotalFollowFromTheModelsOfFourCycles() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        warehouse.append(
                FleetModelRow.TABLE,
                IntStream.range(0, MODELS)
                        .mapToObj(i -> FleetModelRow.of("run", model(i)))
                        .toList());
        List<ModelIterationRow> rows = new ArrayList<>();
        for (int cycle = 0; cycle < REACHED.length; cycle++) {
            int models = REACHED[cycle];
            // One model has the largest gain, the others what is left for the mean.
            double others = (MEAN[cycle] * models - LARGEST[cycle]) / (models - 1);
            for (int i = 0; i < models; i++) {
                rows.add(iteration(cycle + 1, FIRST[cycle] + i, i == 0 ? LARGEST[cycle] : others, "SHIPPED"));
            }
            rows.add(iteration(cycle + 1, MODELS - 1 - cycle, 9, "KEPT_BASELINE"));
        }
        warehouse.append(ModelIterationRow.TABLE, rows);

        List<Row> cycles = query(warehouse, "SELECT * FROM v_cycle_performance ORDER BY cycle");
        for (int cycle = 0; cycle < REACHED.length; cycle++) {
            assertThat(number(cycles.get(cycle), "model_share_percent")).isCloseTo(REACHED[cycle] / 10.0, within(1e-9));
            assertThat(number(cycles.get(cycle), "mean_ne_percent")).isCloseTo(MEAN[cycle], within(1e-9));
            assertThat(number(cycles.get(cycle), "max_ne_percent")).isEqualTo(LARGEST[cycle]);
        }
        Row total = query(warehouse, "SELECT * FROM v_cycle_total").get(0);
        assertThat(number(total, "model_share_percent")).isCloseTo(51.8, within(1e-9));
        assertThat(number(total, "mean_ne_percent")).isCloseTo(0.63, within(0.005));
        assertThat(number(total, "max_ne_percent")).isEqualTo(1.94);
    }

    @Test
    void tableFourTotalsTheLiftsAndTheirErrors() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        List<ExperimentRow> rows = new ArrayList<>();
        for (int cycle = 0; cycle < LIFT.length; cycle++) {
            rows.add(experiment("cycle " + (cycle + 1), "cuped", true, LIFT[cycle], 0.03));
            rows.add(experiment("cycle " + (cycle + 1), "welch", false, 5, 0.5));
        }
        rows.add(experiment("a log", "ips", true, 7, 0.5));
        warehouse.append(ExperimentRow.TABLE, rows);

        assertThat(query(warehouse, "SELECT relative_lift FROM v_online_lift"))
                .extracting(row -> row.getDouble(0))
                .containsExactly(0.11, 0.19, 0.27, 0.29);
        Row total = query(warehouse, "SELECT * FROM v_online_lift_total").get(0);
        assertThat(number(total, "total_lift")).isCloseTo(0.86, within(1e-12));
        assertThat(number(total, "total_high") - number(total, "total_lift")).isCloseTo(0.06, within(1e-12));
    }

    private static double number(Row row, String column) {
        return ((Number) row.getAs(column)).doubleValue();
    }

    private static List<Row> query(Warehouse warehouse, String query) {
        warehouse.registerNamedIn(query);
        return warehouse.spark().sql(query).collectAsList();
    }

    private static FleetModel model(int i) {
        return PlantedModels.model("m" + i, 1);
    }

    private static ModelIterationRow iteration(int cycle, int model, double delta, String outcome) {
        return PlantedIterations.row("run", cycle, "m" + model, OptionalDouble.of(delta), NONE, outcome);
    }

    private static ExperimentRow experiment(
            String name, String estimator, boolean decides, double lift, double halfWidth) {
        return new ExperimentRow(
                "run",
                name,
                "b",
                "a",
                "clicks",
                estimator,
                decides,
                10,
                10,
                1,
                1,
                1,
                1,
                0,
                0,
                0,
                OptionalDouble.of(lift),
                OptionalDouble.of(lift - halfWidth),
                OptionalDouble.of(lift + halfWidth),
                0.95,
                0.5,
                1,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                "higher",
                Optional.empty(),
                "input");
    }
}
