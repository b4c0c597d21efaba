package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialRaceTest {
    private static final List<String> MODELS = List.of("a", "b", "c", "d");

    @Test
    void handsOutTheModelsInTheirOrderWaveByWave() {
        TrialRace race = race(0.25, List.of("d", "b", "a", "c"));
        assertThat(TrialRace.wave(objective(0.25, 4))).isEqualTo(2);
        assertThat(race.next(2)).containsExactly("d", "b");
        assertThat(race.next(3)).containsExactly("a", "c");
        assertThat(race.next(1)).isEmpty();
        for (String model : MODELS) {
            race.add(delta(model, 0.1));
        }
        assertThat(race.decided()).isEmpty();
        assertThat(race.skipped()).isEmpty();
        assertThat(race.results()).hasSize(4);
    }

    @Test
    void isDecidedByOneRegressionMoreThanEpsilonAllows() {
        TrialRace race = race(0.25, MODELS);
        race.next(2);
        race.add(delta("a", -0.06));
        assertThat(race.decided()).isEmpty();
        race.add(delta("b", -0.06));
        assertThat(race.decided()).hasValue(TrialRace.Reason.TOO_MANY_REGRESSIONS);
        assertThat(race.next(2)).isEmpty();
        assertThat(race.skipped()).containsExactly("c", "d");
    }

    @Test
    void aLossOfAlphaIsNoRegression() {
        TrialRace race = race(0, MODELS);
        race.next(1);
        race.add(delta("a", -0.05));
        assertThat(race.decided()).isEmpty();
        assertThat(race.next(1)).containsExactly("b");
    }

    @Test
    void isDecidedByAFailureWhateverEpsilonIs() {
        TrialRace race = race(1, MODELS);
        race.next(1);
        race.add(ModelDelta.failure("a"));
        assertThat(race.decided()).hasValue(TrialRace.Reason.MODEL_FAILED);
        assertThat(race.skipped()).containsExactly("b", "c", "d");
    }

    @Test
    void aTrialThatIsCompleteHasNothingToSkip() {
        TrialRace race = race(0, MODELS);
        race.next(4);
        MODELS.forEach(model -> race.add(delta(model, -1)));
        assertThat(race.decided()).isEmpty();
        assertThat(race.skipped()).isEmpty();
    }

    @Test
    void byTheBoundIsDecidedWhenMuIsOutOfReachIfNoModelDoesBetterThanBefore() {
        Map<String, Double> largest = Map.of("a", 0.4, "b", 0.4, "c", 0.4, "d", 0.4);
        TrialRace race = new TrialRace(objective(0.25, 4), MODELS, Optional.of(new TrialRace.MuBound(largest, 0.3)));
        race.next(1);
        // (0 + 3 * 0.4) / 4 is 0.3: not less.
        race.add(delta("a", 0));
        assertThat(race.decided()).isEmpty();
        race.next(1);
        race.add(delta("b", 0.39));
        assertThat(race.decided()).hasValue(TrialRace.Reason.MU_OUT_OF_REACH);
        assertThat(race.skipped()).containsExactly("c", "d");
    }

    @Test
    void aModelThatWasNeverEvaluatedMayReachAnything() {
        TrialRace race = new TrialRace(
                objective(0.25, 4), MODELS, Optional.of(new TrialRace.MuBound(Map.of("b", 0.0, "c", 0.0), 0.3)));
        race.next(3);
        List.of("a", "b", "c").forEach(model -> race.add(delta(model, -0.01)));
        assertThat(race.decided()).isEmpty();
    }

    @Test
    void refusesAnOrderThatIsNotTheModels() {
        assertThatThrownBy(() -> race(0.25, List.of("a", "b", "c", "c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the order is [a, b, c, c]; expected each of the models [a, b, c, d] once");
    }

    @Test
    void refusesAResultThatWasNotAskedForOrIsThere() {
        TrialRace race = race(0.25, MODELS);
        race.next(1);
        assertThatThrownBy(() -> race.add(delta("b", 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model b was not asked for, or is twice there");
        race.add(delta("a", 0));
        assertThatThrownBy(() -> race.add(delta("a", 0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decidesOnFeasibilityAsAFullEvaluationDoes() {
        Random random = new Random(5);
        int stopped = 0;
        int feasible = 0;
        for (int round = 0; round < 5000; round++) {
            FleetObjective objective =
                    objective(random.nextInt(5) / 10.0 * (random.nextBoolean() ? 1 : 0.9), 1 + random.nextInt(12));
            List<ModelDelta> fleet = fleet(objective.models(), random);
            List<String> order = new ArrayList<>(objective.models());
            Collections.shuffle(order, random);
            TrialRace race = new TrialRace(objective, order, Optional.empty());
            run(race, fleet, objective, 1 + random.nextInt(4));
            FleetOutcome full = objective.outcome(fleet);
            FleetOutcome raced =
                    race.skipped().isEmpty() ? objective.outcome(race.results()) : objective.stopped(race.results());
            assertThat(raced.feasible()).isEqualTo(full.feasible());
            assertThat(raced.aggregate()).isEqualTo(full.aggregate());
            assertThat(raced.regressionRate()).isLessThanOrEqualTo(full.regressionRate());
            assertThat(race.results().size() + race.skipped().size()).isEqualTo(fleet.size());
            stopped += race.skipped().isEmpty() ? 0 : 1;
            feasible += full.feasible() ? 1 : 0;
        }
        assertThat(stopped).isBetween(1000, 4000);
        assertThat(feasible).isBetween(1000, 4000);
    }

    private static void run(TrialRace race, List<ModelDelta> fleet, FleetObjective objective, int wave) {
        List<String> models = race.next(wave);
        while (!models.isEmpty()) {
            models.forEach(model -> race.add(fleet.get(objective.models().indexOf(model))));
            models = race.next(wave);
        }
    }

    private static List<ModelDelta> fleet(List<String> models, Random random) {
        double shift = random.nextGaussian() * 0.2 + 0.1;
        boolean failures = random.nextInt(5) == 0;
        return models.stream()
                .map(model -> failures && random.nextInt(4) == 0
                        ? ModelDelta.failure(model)
                        : delta(model, shift + 0.1 * random.nextGaussian()))
                .toList();
    }

    private static TrialRace race(double epsilon, List<String> order) {
        return new TrialRace(objective(epsilon, MODELS.size()), order, Optional.empty());
    }

    private static FleetObjective objective(double epsilon, int models) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int model = 0; model < models; model++) {
            weights.put(String.valueOf((char) ('a' + model)), 1.0);
        }
        return new FleetObjective(0.05, epsilon, 0.05, weights);
    }

    private static ModelDelta delta(String model, double delta) {
        return new ModelDelta(model, false, delta, 0.01);
    }
}
