package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever is told: a fresh point of the space that the acquisition found, and finite beliefs. */
class OptimizerRobustnessTest {
    private static final int MODELS = 5;
    private static final int TOLD = 12;
    /** One of five may regress. */
    private static final FleetObjective OBJECTIVE = Problems.fleet(MODELS, 0.2);

    /** What a trial says, from the theta's unit cube and the trial's number. */
    private interface World {
        List<ModelDelta> deltas(double[] point, int trial);
    }

    @TestFactory
    Stream<DynamicTest> anyOutcomes() {
        return Stream.of(
                world("constant", (point, trial) -> all(i -> 0.0, 0.01)),
                world("constant and exact", (point, trial) -> all(i -> 0.1, 0)),
                world("constant per model", (point, trial) -> all(i -> 0.1 * i, 0.01)),
                world("models that are all equal", (point, trial) -> all(i -> bump(point), 0.01)),
                world("one feasible trial", (point, trial) -> all(i -> trial == 5 ? 0.1 : bump(point) - 1, 0.01)),
                world("no feasible trial", (point, trial) -> all(i -> bump(point) - 1, 0.01)),
                world("only feasible trials", (point, trial) -> all(i -> bump(point) + 1, 0.01)),
                world("all models failed", (point, trial) -> failed(MODELS)),
                world("one model failed in each trial", (point, trial) -> oneFailed(point, trial % MODELS)),
                world("the same model failed in each trial", (point, trial) -> oneFailed(point, 0)),
                world(
                        "all but one trial failed",
                        (point, trial) -> trial == 3 ? bumps(point, 1, 0.01) : failed(MODELS)),
                world("stopped after the same model", (point, trial) -> bumps(point, 1, 0.01)
                        .subList(0, 1)),
                world("stopped after another model each", (point, trial) -> bumps(point, 1, 0.01)
                        .subList(trial % MODELS, trial % MODELS + 1)),
                world("stopped after a failed model", (point, trial) -> failed(1)),
                world("one model never evaluated", (point, trial) -> bumps(point, 1, 0.01)
                        .subList(0, MODELS - 1)),
                world("deltas of 1e-12", (point, trial) -> bumps(point, 1e-12, 1e-14)),
                world("deltas of 1e-12 with errors of 1", (point, trial) -> bumps(point, 1e-12, 1)),
                world("deltas of 1e12", (point, trial) -> bumps(point, 1e12, 1e10)),
                world("deltas of 1e12, exact", (point, trial) -> bumps(point, 1e12, 0)),
                world("deltas of all scales", (point, trial) -> bumps(point, Math.pow(10, 4 * trial - 24), 1e-3)),
                world(
                        "models of all scales",
                        (point, trial) -> all(i -> bump(point) * Math.pow(10, 6 * i - 12), 1e-14)),
                world("unknown errors", (point, trial) -> bumps(point, 1, Double.NaN)),
                world("errors of 0", (point, trial) -> bumps(point, 1, 0)),
                world("errors of all scales", (point, trial) -> bumps(point, 1, Math.pow(10, 4 * trial - 24))),
                world("errors of 1e12", (point, trial) -> bumps(point, 1, 1e12)));
    }

    private static DynamicTest world(String name, World world) {
        return DynamicTest.dynamicTest(name, () -> {
            SearchSpace space = reals(2);
            FleetOptimizer optimizer = told(space, world, TOLD);
            checkAsk(optimizer, space, 2);
            checkBeliefs(optimizer, TOLD);
        });
    }

    @TestFactory
    Stream<DynamicTest> fewAndManyParameters() {
        return Stream.of(
                        reals(1),
                        reals(30),
                        SearchSpace.of(new Parameter.Flag("t.on")),
                        SearchSpace.of(new Parameter.Categorical("t.kind", List.of("A", "B", "C", "D"))))
                .map(space -> DynamicTest.dynamicTest(space.parameters().get(0) + " ...", () -> {
                    boolean finite = space.size().isPresent();
                    int trials = finite ? (int) space.size().getAsLong() - 1 : TOLD;
                    FleetOptimizer optimizer = told(space, (point, trial) -> bumps(point, 1, 0.01), trials);
                    if (!finite || trials >= 2) {
                        checkAsk(optimizer, space, 2);
                    }
                    checkBeliefs(optimizer, trials);
                }));
    }

    @Test
    void theSameFewThetasToldOverAndOver() {
        SearchSpace space = reals(2);
        UnitCube cube = new UnitCube(space);
        FleetOptimizer optimizer = optimizer(space);
        Random random = new Random(1);
        for (int trial = 0; trial < 40; trial++) {
            double[] point = {trial % 2 * 0.5, 0.25};
            optimizer.tell(cube.decode(point), bumps(point, 1 + 0.1 * random.nextGaussian(), 0.05));
        }

        checkAsk(optimizer, space, 2);
        checkBeliefs(optimizer, 2);
    }

    @Test
    void thetasThatAreAlmostTheSame() {
        SearchSpace space = reals(2);
        UnitCube cube = new UnitCube(space);
        FleetOptimizer optimizer = optimizer(space);
        for (int trial = 0; trial < TOLD; trial++) {
            double[] point = {0.5 + 1e-11 * trial, 0.5};
            optimizer.tell(cube.decode(point), bumps(point, 1, 0));
        }

        checkAsk(optimizer, space, 2);
        checkBeliefs(optimizer, TOLD);
    }

    @TestFactory
    Stream<DynamicTest> anyEarlierStudy() {
        return Stream.of(
                earlier("in another unit", (point, trial) -> bumps(point, 1e6, 0.01)),
                earlier("far below", (point, trial) -> all(i -> bump(point) - 1e3, 0.01)),
                earlier("constant", (point, trial) -> all(i -> 0.0, 0)),
                earlier("failed", (point, trial) -> failed(MODELS)),
                earlier("of other models", (point, trial) -> List.of(new ModelDelta("other", false, 1, 0.01))),
                earlier("of other models that failed", (point, trial) -> List.of(ModelDelta.failure("other"))));
    }

    private static DynamicTest earlier(String name, World world) {
        return DynamicTest.dynamicTest(name, () -> {
            SearchSpace space = reals(2);
            UnitCube cube = new UnitCube(space);
            ScrambledSobol sobol = new ScrambledSobol(2, new int[] {6});
            FleetOptimizer optimizer = told(space, (point, trial) -> bumps(point, 1, 0.01), 5);
            optimizer.learnFrom(IntStream.range(0, TOLD)
                    .mapToObj(i -> cube.atQuantiles(sobol.point(i)))
                    .map(theta -> new EarlierTrial("before", theta, world.deltas(cube.encode(theta), 0)))
                    .toList());
            checkAsk(optimizer, space, 2);
            checkBeliefs(optimizer, 5);
            assertThat(optimizer.discrepancies().get("before")).isFinite();
        });
    }

    @Test
    void aThousandTrials() {
        SearchSpace space = reals(6);
        FleetOptimizer optimizer = told(space, (point, trial) -> bumps(point, 1, 0.01), 1000);

        checkAsk(optimizer, space, 1);
        checkBeliefs(optimizer, 1000);
        assertThat(optimizer.evaluationOrder(new UnitCube(space).atQuantiles(new double[6])))
                .containsExactlyInAnyOrderElementsOf(OBJECTIVE.models());
    }

    /** The space's next suggestions, checked one by one. */
    private static void checkAsk(FleetOptimizer optimizer, SearchSpace space, int count) {
        List<ParameterValues> told =
                optimizer.told().stream().map(Result::theta).toList();
        long left =
                space.size().orElse(Long.MAX_VALUE) - told.stream().distinct().count();

        List<Suggestion> suggestions = optimizer.ask(count, List.of());

        assertThat(suggestions)
                .hasSize((int) Math.min(count, left))
                .extracting(Suggestion::theta)
                .doesNotHaveDuplicates();
        for (Suggestion suggestion : suggestions) {
            assertThat(suggestion.suggestedBy()).isEqualTo(Suggestion.ACQUISITION);
            assertThat(space.problems(suggestion.theta())).isEmpty();
            assertThat(told).doesNotContain(suggestion.theta());
        }
    }

    private static void checkBeliefs(FleetOptimizer optimizer, int thetas) {
        assertThat(optimizer.beliefs()).hasSize(thetas).allSatisfy(belief -> {
            assertThat(belief.mu()).isFinite();
            assertThat(belief.muDeviation()).isFinite().isNotNegative();
        });
    }

    private static FleetOptimizer told(SearchSpace space, World world, int trials) {
        FleetOptimizer optimizer = optimizer(space);
        UnitCube cube = new UnitCube(space);
        ScrambledSobol sobol = new ScrambledSobol(cube.freeParameters(), new int[] {5});
        int index = 0;
        while (optimizer.told().stream().map(Result::theta).distinct().count() < trials) {
            ParameterValues theta = cube.atQuantiles(sobol.point(index++));
            if (optimizer.told().stream().noneMatch(result -> result.theta().equals(theta))) {
                optimizer.tell(
                        theta, world.deltas(cube.encode(theta), optimizer.told().size()));
            }
        }
        return optimizer;
    }

    private static FleetOptimizer optimizer(SearchSpace space) {
        return new FleetOptimizer(space, OBJECTIVE, OptimizerSettings.of(space).withInitialTrials(2), 3);
    }

    private static SearchSpace reals(int parameters) {
        return new SearchSpace(IntStream.range(0, parameters)
                .<Parameter>mapToObj(i -> new Parameter.Real("t.x" + i, 0, 1, false))
                .toList());
    }

    private static double bump(double[] point) {
        double square = 0;
        for (double coordinate : point) {
            square += (coordinate - 0.4) * (coordinate - 0.4);
        }
        return 0.2 - square / point.length;
    }

    /** The models' bumps at another height each. */
    private static List<ModelDelta> bumps(double[] point, double scale, double error) {
        return all(i -> scale * (bump(point) - 0.05 * i * point[0]), error);
    }

    private static List<ModelDelta> all(Function<Integer, Double> delta, double error) {
        return IntStream.range(0, MODELS)
                .mapToObj(i -> new ModelDelta("m" + i, false, delta.apply(i), error))
                .toList();
    }

    private static List<ModelDelta> failed(int models) {
        return IntStream.range(0, models)
                .mapToObj(i -> ModelDelta.failure("m" + i))
                .toList();
    }

    private static List<ModelDelta> oneFailed(double[] point, int failed) {
        List<ModelDelta> deltas = bumps(point, 1, 0.01);
        return IntStream.range(0, MODELS)
                .mapToObj(i -> i == failed ? ModelDelta.failure("m" + i) : deltas.get(i))
                .toList();
    }
}
