package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetOptimizerTest {
    private static final SearchSpace SQUARE =
            SearchSpace.of(new Parameter.Real("x", -5, 10, false), new Parameter.Real("y", 0, 15, false));
    private static final SearchSpace MIXED = SearchSpace.of(
            new Parameter.Real("rate", 1e-4, 1, true),
            new Parameter.Whole("layers", 1, 3, false),
            new Parameter.Categorical("pooling", List.of("SUM", "MEAN")),
            new Parameter.Flag("gate"),
            new Parameter.Real("fixed", 2, 2, false));

    @Test
    void beatsRandomSearchOnBranin() {
        double[] regret = new double[5];
        double[] random = new double[5];
        for (int seed = 0; seed < regret.length; seed++) {
            regret[seed] = regret(optimize(SQUARE, oneModel(), FleetOptimizerTest::branin, seed, 24));
            random[seed] = regret(randomSearch(seed, 24));
        }
        Arrays.sort(regret);
        Arrays.sort(random);
        assertThat(regret[2])
                .as("median regret, random: %s", random[2])
                .isLessThan(0.3)
                .isLessThan(random[2] / 2);
    }

    @Test
    void findsTheFeasibleOptimumOfAFleetWhoseModelsDisagree() {
        FleetObjective objective = fleet(8);
        Function<ParameterValues, List<ModelDelta>> world = theta -> deltas(objective, theta);
        List<Trial> trials = optimize(SQUARE, objective, world, 3, 24);
        double best = trials.stream()
                .filter(trial -> objective.outcome(trial.deltas()).feasible())
                .mapToDouble(trial -> objective.outcome(trial.deltas()).mu())
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        double bestOnGrid = bestOnGrid(objective, world);
        assertThat(best).isGreaterThan(0.9 * bestOnGrid);
    }

    @Test
    void suggestsTheSameAgainWhenToldTheSame() {
        List<Trial> once = optimize(MIXED, oneModel(), FleetOptimizerTest::mixed, 7, 14);
        List<Trial> twice = optimize(MIXED, oneModel(), FleetOptimizerTest::mixed, 7, 14);
        assertThat(twice).isEqualTo(once);

        FleetOptimizer resumed = optimizer(MIXED, oneModel(), 7);
        once.subList(0, 10).forEach(trial -> resumed.tell(trial.theta(), trial.deltas()));
        assertThat(resumed.ask(1, List.of()).get(0).theta())
                .isEqualTo(once.get(10).theta());
    }

    @Test
    void neverSuggestsTheSameThetaTwiceNotEvenAPendingOne() {
        FleetOptimizer optimizer = optimizer(MIXED, oneModel(), 1);
        List<ParameterValues> all = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            List<Suggestion> batch = optimizer.ask(4, List.of());
            batch.forEach(suggestion -> all.add(suggestion.theta()));
            batch.subList(0, 3).forEach(suggestion -> optimizer.tell(suggestion.theta(), mixed(suggestion.theta())));
            List<Suggestion> more = optimizer.ask(1, List.of(batch.get(3).theta()));
            assertThat(more)
                    .extracting(Suggestion::theta)
                    .doesNotContain(batch.get(3).theta());
            optimizer.tell(batch.get(3).theta(), mixed(batch.get(3).theta()));
        }
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    }

    @Test
    void stopsWhereAFiniteSpaceIsExhausted() {
        SearchSpace six = SearchSpace.of(
                new Parameter.Whole("layers", 1, 3, false),
                new Parameter.Categorical("pooling", List.of("SUM", "MEAN")));
        assertThat(optimize(six, oneModel(), theta -> one(theta.whole("layers")), 2, 20))
                .hasSize(6);
        assertThat(optimize(SearchSpace.of(), oneModel(), theta -> one(1), 2, 20))
                .hasSize(1);
    }

    @Test
    void goesOnWhenAllDeltasAreEqualAndWhenEveryTrainingFails() {
        assertThat(optimize(SQUARE, oneModel(), theta -> one(0), 1, 10)).hasSize(10);
        assertThat(optimize(SQUARE, oneModel(), theta -> List.of(ModelDelta.failure("m0")), 1, 10))
                .hasSize(10);
    }

    @Test
    void saysWhereASuggestionComesFrom() {
        FleetOptimizer optimizer = new FleetOptimizer(
                SQUARE,
                oneModel(),
                OptimizerSettings.of(SQUARE)
                        .withInitialTrials(3)
                        .withInitial(List.of(new ParameterValues(Map.of("x", 0.0, "y", 0.0)))),
                1);
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Suggestion suggestion = optimizer.ask(1, List.of()).get(0);
            sources.add(suggestion.suggestedBy());
            optimizer.tell(suggestion.theta(), branin(suggestion.theta()));
        }
        assertThat(sources).containsExactly("default", "sobol", "sobol", "acquisition", "acquisition");
    }

    private record Trial(ParameterValues theta, List<ModelDelta> deltas) {}

    private static FleetOptimizer optimizer(SearchSpace space, FleetObjective objective, long seed) {
        return new FleetOptimizer(space, objective, OptimizerSettings.of(space).withInitialTrials(6), seed);
    }

    private static List<Trial> optimize(
            SearchSpace space,
            FleetObjective objective,
            Function<ParameterValues, List<ModelDelta>> world,
            long seed,
            int count) {
        FleetOptimizer optimizer = optimizer(space, objective, seed);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Suggestion> next = optimizer.ask(1, List.of());
            if (next.isEmpty()) {
                break;
            }
            Trial trial = new Trial(next.get(0).theta(), world.apply(next.get(0).theta()));
            optimizer.tell(trial.theta(), trial.deltas());
            trials.add(trial);
        }
        return trials;
    }

    private static List<Trial> randomSearch(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        UnitCube cube = new UnitCube(SQUARE);
        return IntStream.range(0, count)
                .mapToObj(i -> cube.decode(new double[] {random.nextDouble(), random.nextDouble()}))
                .map(theta -> new Trial(theta, branin(theta)))
                .toList();
    }

    private static double regret(List<Trial> trials) {
        double best = trials.stream()
                .mapToDouble(trial -> trial.deltas().get(0).delta())
                .max()
                .orElseThrow();
        return -0.397887 - best;
    }

    private static FleetObjective oneModel() {
        return new FleetObjective(1e6, 0.1, 0, Map.of("m0", 1.0));
    }

    private static FleetObjective fleet(int models) {
        Map<String, Double> weights = new LinkedHashMap<>();
        IntStream.range(0, models).forEach(i -> weights.put("m" + i, 1.0 + i));
        return new FleetObjective(0.05, 0.125, 0.05, weights);
    }

    /** The minimum of Branin's function is 0.397887 (Dixon and Szego 1978); negated: higher is better. */
    private static List<ModelDelta> branin(ParameterValues theta) {
        double x = theta.real("x");
        double y = theta.real("y");
        double curve = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return one(-(curve * curve + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10));
    }

    private static List<ModelDelta> mixed(ParameterValues theta) {
        double rate = Math.log10(theta.real("rate")) + 2;
        return one(-rate * rate
                + theta.whole("layers")
                + (theta.flag("gate") ? 0.5 : 0)
                + (theta.level("pooling").equals("SUM") ? 0.3 : 0));
    }

    private static List<ModelDelta> one(double value) {
        return List.of(new ModelDelta("m0", false, value, 0));
    }

    /** Each model has its own optimum; far from it, it regresses. */
    private static List<ModelDelta> deltas(FleetObjective objective, ParameterValues theta) {
        List<ModelDelta> deltas = new ArrayList<>();
        for (int i = 0; i < objective.models().size(); i++) {
            double dx = (theta.real("x") - 2 - 0.3 * i) / 4;
            double dy = (theta.real("y") - 9 + 0.4 * i) / 5;
            deltas.add(new ModelDelta("m" + i, false, 0.6 * Math.exp(-dx * dx - dy * dy) - 0.25, 0.01));
        }
        return deltas;
    }

    private static double bestOnGrid(FleetObjective objective, Function<ParameterValues, List<ModelDelta>> world) {
        UnitCube cube = new UnitCube(SQUARE);
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= 40; i++) {
            for (int j = 0; j <= 40; j++) {
                var outcome = objective.outcome(world.apply(cube.decode(new double[] {i / 40.0, j / 40.0})));
                best = outcome.feasible() ? Math.max(best, outcome.mu()) : best;
            }
        }
        return best;
    }
}
