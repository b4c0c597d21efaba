package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class WarmStartTest {
    private static final int MODELS = QuadraticFleet.MODELS;
    private static final FleetObjective OBJECTIVE = QuadraticFleet.OBJECTIVE;
    private static final SearchSpace SPACE = QuadraticFleet.SPACE;
    private static final UnitCube CUBE = QuadraticFleet.CUBE;
    private static final int EARLIER = 20;
    private static final int SEEDS = 6;

    @Test
    void aHelpfulStudySavesTrials() {
        double cold = meanRegret(8, point -> point, false);
        double warm = meanRegret(8, point -> point, true);

        assertThat(warm).as("without: %s", cold).isLessThan(0.2 * cold);
    }

    @Test
    void aMisleadingStudyCostsLittle() {
        double cold = meanRegret(10, point -> point, false);
        double misled = meanRegret(10, WarmStartTest::mirrored, true);

        assertThat(misled).as("without: %s", cold).isLessThan(cold + 0.02);
    }

    @Test
    void howFarAStudyIsFromThisOneIsLearned() {
        double same = discrepancy(15, point -> point);
        double other = discrepancy(15, WarmStartTest::mirrored);

        assertThat(same).isLessThan(1).isLessThan(other / 4);
        // With two trials it is what the prior says: not nothing, and less than the deltas' spread of 0.5.
        assertThat(discrepancy(2, point -> point)).isBetween(0.05, 0.5);
    }

    @Test
    void eachStudyIsTrustedOnItsOwn() {
        QuadraticFleet fleet = new QuadraticFleet(3);
        FleetOptimizer optimizer = optimizer(3);
        optimizer.learnFrom(earlier("right", fleet, point -> point));
        optimizer.learnFrom(earlier("wrong", fleet, WarmStartTest::mirrored));
        tellSpread(optimizer, fleet, 15);

        assertThat(optimizer.discrepancies()).containsOnlyKeys("right", "wrong");
        assertThat(optimizer.discrepancies().get("right"))
                .as("%s", optimizer.discrepancies())
                .isLessThan(0.3 * optimizer.discrepancies().get("wrong"));
    }

    @Test
    void aWrongStudyOfManyTrialsIsForgottenToo() {
        QuadraticFleet fleet = new QuadraticFleet(4);
        FleetOptimizer cold = optimizer(4);
        FleetOptimizer misled = optimizer(4);
        List<EarlierTrial> many = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            many.addAll(earlier("wrong", fleet, WarmStartTest::mirrored, 100 * i));
        }
        misled.learnFrom(many);
        tellSpread(cold, fleet, 20);
        tellSpread(misled, fleet, 20);

        List<TrialBelief> without = cold.beliefs();
        List<TrialBelief> with = misled.beliefs();
        for (int i = 0; i < with.size(); i++) {
            assertThat(Math.abs(with.get(i).mu() - without.get(i).mu())).isLessThan(0.02);
        }
    }

    @Test
    void earlierTrialsAreNoTrialsOfThisStudy() {
        QuadraticFleet fleet = new QuadraticFleet(1);
        ParameterValues top = CUBE.decode(fleet.centre);
        FleetOptimizer optimizer =
                new FleetOptimizer(SPACE, OBJECTIVE, OptimizerSettings.of(SPACE).withInitial(List.of(top)), 1);
        optimizer.learnFrom(List.of(new EarlierTrial("before", top, fleet.deltas(top, point -> point))));

        assertThat(optimizer.beliefs()).isEmpty();
        assertThat(optimizer.ask(1, List.of()).get(0)).isEqualTo(new Suggestion(top, Suggestion.DEFAULT));
        // Two own trials, both infeasible: a feasible one of another study is no incumbent.
        for (double x : new double[] {0, 1}) {
            ParameterValues corner = CUBE.decode(new double[] {x, x, x});
            optimizer.tell(
                    corner,
                    IntStream.range(0, MODELS)
                            .mapToObj(i -> new ModelDelta("m" + i, false, -1, 0.01))
                            .toList());
        }
        assertThat(optimizer.beliefs()).hasSize(2);
        assertThat(optimizer.fitted().surrogate().points()).hasDimensions(3, 4);
        assertThat(optimizer.fitted().surrogate().anyFeasible()).isFalse();
        assertThat(optimizer.fitted().surrogate().complete(2)).isFalse();
    }

    @Test
    void theInitialDesignIsHalfAsLong() {
        QuadraticFleet fleet = new QuadraticFleet(1);
        FleetOptimizer optimizer = optimizer(1);
        optimizer.learnFrom(earlier("before", fleet, point -> point));
        List<String> origins = new ArrayList<>();
        for (int trial = 0; trial < 4; trial++) {
            Suggestion suggestion = optimizer.ask(1, List.of()).get(0);
            origins.add(suggestion.suggestedBy());
            optimizer.tell(suggestion.theta(), fleet.deltas(suggestion.theta(), point -> point));
        }

        assertThat(origins).containsExactly("sobol", "sobol", "acquisition", "acquisition");
    }

    @Test
    void modelsOfOtherFleetsSpeakForWhatAllHaveInCommon() {
        QuadraticFleet fleet = new QuadraticFleet(2);
        List<EarlierTrial> strangers = earlier("before", fleet, point -> point).stream()
                .map(trial -> new EarlierTrial(
                        trial.study(),
                        trial.theta(),
                        trial.deltas().stream()
                                .map(d -> new ModelDelta("old-" + d.modelId(), false, d.delta(), d.standardError()))
                                .toList()))
                .toList();
        FleetOptimizer cold = optimizer(2);
        FleetOptimizer warm = optimizer(2);
        warm.learnFrom(strangers);
        tellSpread(cold, fleet, 4);
        tellSpread(warm, fleet, 4);

        assertThat(warm.fitted().surrogate().models()).isEqualTo(MODELS + 1);
        assertThat(errorOfMu(warm, fleet)).isLessThan(0.7 * errorOfMu(cold, fleet));
    }

    @Test
    void thetasOfOtherSpacesAreLeftOut() {
        List<ModelDelta> deltas = List.of(new ModelDelta("m0", false, 1, 0));
        EarlierTrial outside = new EarlierTrial("before", new ParameterValues(Map.of("t.x0", 0.5)), deltas);
        EarlierTrial inside = new EarlierTrial("before", CUBE.decode(new double[3]), deltas);
        FleetOptimizer optimizer = optimizer(1);

        assertThat(optimizer.learnFrom(List.of(outside, inside))).isEqualTo(1);
        assertThat(optimizer.learnFrom(List.of(outside))).isZero();
    }

    @Test
    void theOrderOfStudiesDecidesNothing() {
        QuadraticFleet fleet = new QuadraticFleet(5);
        FleetOptimizer one = optimizer(5);
        FleetOptimizer other = optimizer(5);
        one.learnFrom(earlier("a", fleet, point -> point));
        one.learnFrom(earlier("b", fleet, WarmStartTest::mirrored));
        other.learnFrom(earlier("b", fleet, WarmStartTest::mirrored));
        other.learnFrom(earlier("a", fleet, point -> point));
        tellSpread(one, fleet, 4);
        tellSpread(other, fleet, 4);

        assertThat(other.ask(2, List.of())).isEqualTo(one.ask(2, List.of()));
    }

    @Test
    void aStudyWithoutADeltaOrWithAModelTwiceIsRefused() {
        ModelDelta delta = new ModelDelta("m0", false, 1, 0);
        ParameterValues theta = CUBE.decode(new double[3]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EarlierTrial("before", theta, List.of()))
                .withMessageContainingAll("study before", "no delta");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EarlierTrial("before", theta, List.of(delta, delta)))
                .withMessageContaining("model m0 is twice there");
    }

    /** Mean over seeds of the largest true A minus that of the best of so many trials; 0.4 where none is feasible. */
    private static double meanRegret(int trials, UnaryOperator<double[]> before, boolean warm) {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> {
                    QuadraticFleet fleet = new QuadraticFleet(seed);
                    FleetOptimizer optimizer = optimizer(seed);
                    if (warm) {
                        optimizer.learnFrom(earlier("before", fleet, before));
                    }
                    double best = 0;
                    for (int trial = 0; trial < trials; trial++) {
                        ParameterValues theta =
                                optimizer.ask(1, List.of()).get(0).theta();
                        List<ModelDelta> deltas = fleet.deltas(theta, point -> point);
                        FleetOutcome outcome = OBJECTIVE.outcome(deltas);
                        best = outcome.feasible() ? Math.max(best, outcome.mu()) : best;
                        optimizer.tell(theta, deltas);
                    }
                    return fleet.largest() - best;
                })
                .average()
                .orElseThrow();
    }

    private static double discrepancy(int own, UnaryOperator<double[]> before) {
        QuadraticFleet fleet = new QuadraticFleet(6);
        FleetOptimizer optimizer = optimizer(6);
        optimizer.learnFrom(earlier("before", fleet, before));
        tellSpread(optimizer, fleet, own);
        return optimizer.discrepancies().get("before");
    }

    /** Root mean square, at spread points, of what is believed of mu before they are tried. */
    private static double errorOfMu(FleetOptimizer optimizer, QuadraticFleet fleet) {
        FleetSurrogate surrogate = optimizer.fitted().surrogate();
        FleetSamples samples = new FleetSamples(surrogate, OBJECTIVE, surrogate.points(), 64, new Well19937c(1));
        ScrambledSobol sobol = new ScrambledSobol(3, new int[] {77});
        double square = 0;
        for (int i = 0; i < 100; i++) {
            ParameterValues theta = CUBE.atQuantiles(sobol.point(i));
            samples.moveTo(CUBE.encode(theta));
            double error = Arrays.stream(samples.mu).average().orElseThrow()
                    - OBJECTIVE.outcome(fleet.deltas(theta, point -> point)).mu();
            square += error * error / 100;
        }
        return Math.sqrt(square);
    }

    private static FleetOptimizer optimizer(long seed) {
        OptimizerSettings settings = new OptimizerSettings(SearchStrategy.BAYESIAN, List.of(), 5, 64, 64);
        return new FleetOptimizer(SPACE, OBJECTIVE, settings, seed);
    }

    private static void tellSpread(FleetOptimizer optimizer, QuadraticFleet fleet, int trials) {
        ScrambledSobol sobol = new ScrambledSobol(3, new int[] {5});
        for (int trial = 0; trial < trials; trial++) {
            ParameterValues theta = CUBE.atQuantiles(sobol.point(trial));
            optimizer.tell(theta, fleet.deltas(theta, point -> point));
        }
    }

    private static List<EarlierTrial> earlier(String study, QuadraticFleet fleet, UnaryOperator<double[]> before) {
        return earlier(study, fleet, before, 0);
    }

    private static List<EarlierTrial> earlier(
            String study, QuadraticFleet fleet, UnaryOperator<double[]> before, int from) {
        ScrambledSobol sobol = new ScrambledSobol(3, new int[] {9});
        return IntStream.range(from, from + EARLIER)
                .mapToObj(i -> CUBE.atQuantiles(sobol.point(i)))
                .map(theta -> new EarlierTrial(study, theta, fleet.deltas(theta, before)))
                .toList();
    }

    private static double[] mirrored(double[] point) {
        return Arrays.stream(point).map(x -> 1 - x).toArray();
    }
}
