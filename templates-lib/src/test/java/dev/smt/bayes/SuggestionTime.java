package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.math3.random.Well19937c;

/** How long the library's optimizer takes for a suggestion, with 6 parameters, after so many trials. */
final class SuggestionTime {
    private static final int PARAMETERS = 6;
    private static final double NOISE = 0.02;
    private static final int WARM_UP = 2;

    private final int repetitions;
    private final List<Integer> trials;

    SuggestionTime(BenchmarkOptions options) {
        this.repetitions = options.whole("repetitions", 9);
        this.trials =
                options.list("trials", "50,200").stream().map(Integer::parseInt).toList();
    }

    void print() {
        System.out.println("| models | trials | wall-clock ms per suggestion | CPU ms |");
        System.out.println("|---|---|---|---|");
        SyntheticFleet fleet = new SyntheticFleets().get(FleetFamily.DRAWS, PARAMETERS, 1);
        for (int count : trials) {
            print(
                    Problems.HARTMANN6,
                    Problems.single(),
                    theta -> List.of(new ModelDelta("only", false, -Problems.hartmann6(theta), Double.NaN)),
                    count);
        }
        Well19937c random = new Well19937c(1);
        for (int count : trials) {
            print(fleet.space(), fleet.objective(), theta -> fleet.measured(theta, NOISE, random), count);
        }
    }

    /** Sobol points up to {@code count} trials; then suggestions and their results in turn, the first ones untimed. */
    private void print(
            SearchSpace space, FleetObjective objective, Function<ParameterValues, List<ModelDelta>> world, int count) {
        Strategy optimizer = new OptimizerStrategy(space, objective, 2, 1);
        ScrambledSobol spread = new ScrambledSobol(PARAMETERS, new int[] {1});
        UnitCube cube = new UnitCube(space);
        for (int trial = 0; trial < count - (repetitions + WARM_UP) / 2; trial++) {
            ParameterValues theta = cube.decode(spread.point(trial));
            optimizer.tell(theta, world.apply(theta));
        }
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int i = 0; i < WARM_UP + repetitions; i++) {
            long wallStart = System.nanoTime();
            long cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            ParameterValues theta = optimizer.ask();
            if (i >= WARM_UP) {
                cpu.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart) / 1e6);
                wall.add((System.nanoTime() - wallStart) / 1e6);
            }
            optimizer.tell(theta, world.apply(theta));
        }
        System.out.println("| " + objective.weights().size() + " | " + count + " | "
                + Quartiles.of(wall).text("%.0f") + " | " + Quartiles.of(cpu).text("%.0f") + " |");
    }
}
