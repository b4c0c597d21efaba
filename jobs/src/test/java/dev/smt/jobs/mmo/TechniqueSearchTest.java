package dev.smt.jobs.mmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.bayes.EarlierTrial;
import dev.smt.bayes.Suggestion;
import dev.smt.bayes.ThetaRule;
import dev.smt.bayes.TrialBelief;
import dev.smt.bayes.TrialRace;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.technique.Technique;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Algorithm 1's control flow with an evaluator that trains nothing (capability G5). */
class TechniqueSearchTest {
    private static final List<String> MODELS = List.of("m1", "m2", "m3");
    private static final FleetObjective OBJECTIVE = objective();
    private static final SearchSpace NUMBERS =
            SearchSpace.of(new Parameter.Real("planted.a", 0, 1, false), new Parameter.Real("planted.b", 0, 1, false));

    @Test
    void everyTrialIsEvaluatedOnEveryModelInTheOrderOfTheLoops() {
        List<String> calls = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String technique : List.of("first", "second")) {
            IdleTechnique planted = new IdleTechnique(technique, NUMBERS);
            List<CompletedTrial> trials = search(planted, 5, 2).run(List.of(), recording(planted, calls));
            assertThat(trials).extracting(CompletedTrial::number).containsExactly(0, 1, 2, 3, 4);
            assertThat(trials.stream().map(CompletedTrial::theta).distinct()).hasSize(5);
            for (int trial = 0; trial < 5; trial++) {
                for (String model : MODELS) {
                    expected.add(technique + " " + trial + " " + model);
                }
            }
        }
        assertThat(calls).isEqualTo(expected);
    }

    @Test
    void beginsWithTheDefaultsThenTheInitialDesignThenTheSurrogate() {
        List<String> by = new ArrayList<>();
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        search(planted, 5, 1).run(List.of(), (first, batch, seconds) -> {
            assertThat(seconds).isNotNegative();
            batch.forEach(planned -> by.add(planned.suggestion().suggestedBy()));
            // Only the surrogate knows what there is to gain.
            assertThat(batch).allSatisfy(planned -> assertThat(
                            planned.suggestion().expectedGain().isPresent())
                    .isEqualTo(planned.suggestion().suggestedBy().equals(Suggestion.ACQUISITION)));
            return evaluated(first, batch);
        });
        assertThat(by)
                .containsExactly(
                        Suggestion.DEFAULT,
                        Suggestion.SOBOL,
                        Suggestion.SOBOL,
                        Suggestion.ACQUISITION,
                        Suggestion.ACQUISITION);
    }

    @Test
    void earlierTrialsHalveTheInitialDesignAndChangeWhatIsSuggested() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        List<CompletedTrial> cold =
                search(planted, 5, 1).run(List.of(), (first, batch, seconds) -> evaluated(first, batch));
        List<EarlierTrial> earlier = cold.stream()
                .map(trial -> new EarlierTrial("earlier", trial.theta(), trial.deltas()))
                .toList();
        List<String> by = new ArrayList<>();
        List<CompletedTrial> warm = search(planted, 5, 1, Racing.OFF, earlier)
                .run(List.of(), (first, batch, seconds) -> {
                    batch.forEach(trial -> by.add(trial.suggestion().suggestedBy()));
                    return evaluated(first, batch);
                });
        assertThat(by)
                .containsExactly(
                        Suggestion.DEFAULT,
                        Suggestion.SOBOL,
                        Suggestion.ACQUISITION,
                        Suggestion.ACQUISITION,
                        Suggestion.ACQUISITION);
        assertThat(warm.get(2).theta()).isNotEqualTo(cold.get(2).theta());
    }

    @Test
    void afterTheInitialDesignOnlyWhatIsAffordableIsTried() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        // The defaults and the initial design are above, which shows what more capacity would gain.
        List<CompletedTrial> trials = search(
                        planted, 9, 2, Racing.OFF, List.of(), theta -> theta.real("planted.a") < 0.1)
                .run(List.of(), (first, batch, seconds) -> evaluated(first, batch));
        assertThat(trials).hasSize(9);
        assertThat(trials.subList(0, 3)).anyMatch(trial -> trial.theta().real("planted.a") >= 0.1);
        assertThat(trials.subList(3, 9)).allMatch(trial -> trial.theta().real("planted.a") < 0.1);
    }

    @Test
    void aTechniqueThatIsNeverAffordableIsOnlyTriedInTheInitialDesign() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        assertThat(search(planted, 9, 2, Racing.OFF, List.of(), theta -> false)
                        .run(List.of(), (first, batch, seconds) -> evaluated(first, batch)))
                .hasSize(3);
    }

    @Test
    void goesOnFromAnyPrefixAsIfItHadNotStopped() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        List<CompletedTrial> whole =
                search(planted, 6, 2).run(List.of(), (first, batch, seconds) -> evaluated(first, batch));
        for (int done = 0; done <= whole.size(); done++) {
            List<Integer> evaluated = new ArrayList<>();
            List<CompletedTrial> resumed = search(planted, 6, 2)
                    .run(whole.subList(0, done), (first, batch, seconds) -> {
                        List<CompletedTrial> trials = evaluated(first, batch);
                        trials.forEach(trial -> evaluated.add(trial.number()));
                        return trials;
                    });
            assertThat(resumed).as("after %d trials", done).isEqualTo(whole);
            assertThat(evaluated).hasSize(whole.size() - done);
        }
    }

    @Test
    void aLargerBudgetGoesOnWithTheSameTrials() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        TechniqueSearch.Evaluator evaluator = (first, batch, seconds) -> evaluated(first, batch);
        List<CompletedTrial> five = search(planted, 5, 2).run(List.of(), evaluator);
        List<CompletedTrial> six = search(planted, 6, 2).run(List.of(), evaluator);
        assertThat(search(planted, 6, 2).run(five, evaluator)).isEqualTo(six);
        assertThat(six.subList(0, 5)).isEqualTo(five);
    }

    @Test
    void aSmallerBudgetKeepsWhatIsDoneAndEvaluatesNothing() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        List<CompletedTrial> four =
                search(planted, 4, 2).run(List.of(), (first, batch, seconds) -> evaluated(first, batch));
        assertThat(search(planted, 2, 2).run(four, (first, batch, seconds) -> {
                    throw new AssertionError("nothing is left to evaluate");
                }))
                .isEqualTo(four);
    }

    @Test
    void endsWhereTheSearchSpaceHasNoMorePoints() {
        IdleTechnique flag = new IdleTechnique("planted", SearchSpace.of(new Parameter.Flag("planted.on")));
        List<CompletedTrial> trials =
                search(flag, 9, 4).run(List.of(), (first, batch, seconds) -> evaluated(first, batch));
        assertThat(trials).extracting(trial -> trial.theta().flag("planted.on")).containsExactly(true, false);
    }

    @Test
    void beliefsNeedTwoTrialsAndAreOfEveryTrial() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        List<CompletedTrial> trials =
                search(planted, 6, 2).run(List.of(), (first, batch, seconds) -> evaluated(first, batch));
        TechniqueSearch search = search(planted, 6, 2);
        assertThat(search.beliefs(trials.subList(0, 1)).missing()).hasValue("it needs 2 trials and there is 1");
        StudyBeliefs beliefs = search.beliefs(trials);
        assertThat(beliefs.missing()).isEmpty();
        assertThat(beliefs.trials())
                .extracting(TrialBelief::theta)
                .containsExactlyElementsOf(
                        trials.stream().map(CompletedTrial::theta).toList());
        for (CompletedTrial trial : trials) {
            FleetOutcome observed = trial.outcome(OBJECTIVE);
            TrialBelief belief = beliefs.at(trial.theta()).orElseThrow();
            if (observed.feasible()) {
                // The deltas are measured to 0.01: a posterior can't be far away.
                assertThat(belief.mu()).isCloseTo(observed.mu(), within(0.03));
                assertThat(belief.probabilityOfFeasibility()).isGreaterThan(0.99);
            } else {
                // A delta far below the others is raised to a floor, where it still regresses.
                assertThat(belief.mu()).isGreaterThan(observed.mu() - 0.03);
                assertThat(belief.probabilityOfFeasibility()).isLessThan(0.01);
            }
        }
        assertThat(search(planted, 6, 2).beliefs(trials)).isEqualTo(beliefs);
    }

    @Test
    void racesStopTrialsThatAreInfeasibleAndDecideAsFullEvaluationsDo() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        List<CompletedTrial> trials =
                search(planted, 12, 2, Racing.LOSSLESS).run(List.of(), TechniqueSearchTest::raced);
        List<CompletedTrial> stopped =
                trials.stream().filter(CompletedTrial::stopped).toList();
        assertThat(stopped).isNotEmpty();
        for (CompletedTrial trial : trials) {
            FleetOutcome full = OBJECTIVE.outcome(deltas(trial.theta()));
            assertThat(trial.outcome(OBJECTIVE).feasible()).isEqualTo(full.feasible());
            assertThat(trial.models()).isEqualTo(MODELS);
            assertThat(trial.stopped())
                    .isEqualTo(!full.feasible() && trial.deltas().size() < MODELS.size());
        }
        assertThat(stopped)
                .allSatisfy(trial -> assertThat(trial.deltas().stream().filter(OBJECTIVE::regresses))
                        .isNotEmpty());
    }

    @ParameterizedTest
    @EnumSource(Racing.class)
    void aRacedSearchGoesOnFromAnyPrefixAsIfItHadNotStopped(Racing racing) {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        List<CompletedTrial> whole = search(planted, 7, 2, racing).run(List.of(), TechniqueSearchTest::raced);
        for (int done = 0; done <= whole.size(); done++) {
            assertThat(search(planted, 7, 2, racing).run(whole.subList(0, done), TechniqueSearchTest::raced))
                    .as("after %d trials", done)
                    .isEqualTo(whole);
        }
    }

    @Test
    void theBoundStopsTrialsThatCannotBeatTheBestAndNoneOfTheInitialOnes() {
        IdleTechnique planted = new IdleTechnique("planted", NUMBERS);
        List<CompletedTrial> trials = search(planted, 12, 2, Racing.BOUND).run(List.of(), TechniqueSearchTest::raced);
        List<CompletedTrial> outOfReach = trials.stream()
                .filter(CompletedTrial::stopped)
                .filter(trial -> trial.deltas().stream().noneMatch(OBJECTIVE::regresses))
                .toList();
        assertThat(outOfReach).isNotEmpty().allSatisfy(trial -> {
            assertThat(trial.number()).isGreaterThanOrEqualTo(4);
            double best = trials.stream()
                    .filter(earlier -> earlier.number() < trial.number() - trial.number() % 2)
                    .mapToDouble(earlier -> earlier.outcome(OBJECTIVE).aggregate())
                    .max()
                    .orElseThrow();
            // The planted models' largest deltas are 0.3, so here the bound is right.
            assertThat(OBJECTIVE.outcome(deltas(trial.theta())).mu()).isLessThan(best);
            assertThat(trial.outcome(OBJECTIVE).feasible()).isFalse();
        });
    }

    @Test
    void theSummarySaysHowManyTrainingsWereSkippedAndWhy() {
        SkippedTrainings skipped = new SkippedTrainings();
        assertThat(skipped.text()).isEqualTo("none of 0 trainings was skipped");
        ModelDelta loss = new ModelDelta("m1", false, -1, 0.1);
        ModelDelta gain = new ModelDelta("m1", false, 1, 0.1);
        ParameterValues theta = ParameterValues.empty();
        skipped.add(
                OBJECTIVE,
                List.of(
                        new CompletedTrial(0, theta, List.of(loss), List.of("m2", "m3"), 1),
                        new CompletedTrial(1, theta, List.of(loss), List.of("m2", "m3"), 1),
                        new CompletedTrial(2, theta, List.of(ModelDelta.failure("m1")), List.of("m2", "m3"), 1),
                        new CompletedTrial(3, theta, List.of(gain), List.of("m2", "m3"), 1)));
        assertThat(skipped.text())
                .isEqualTo(
                        "8 of 12 trainings were skipped: 2 trials had more regressions than epsilon allows, 1 trial had"
                                + " a model that failed, 1 trial could not reach a mu that matters, if no model did better than"
                                + " before");
    }

    private static TechniqueSearch search(Technique technique, int trials, int batch) {
        return search(technique, trials, batch, Racing.OFF, List.of());
    }

    private static TechniqueSearch search(Technique technique, int trials, int batch, Racing racing) {
        return search(technique, trials, batch, racing, List.of());
    }

    private static TechniqueSearch search(
            Technique technique, int trials, int batch, Racing racing, List<EarlierTrial> earlier) {
        return search(technique, trials, batch, racing, earlier, theta -> true);
    }

    private static TechniqueSearch search(
            Technique technique,
            int trials,
            int batch,
            Racing racing,
            List<EarlierTrial> earlier,
            Predicate<ParameterValues> affordable) {
        return new TechniqueSearch(
                technique,
                OBJECTIVE,
                new MmoConfiguration(
                        List.of(technique.name()),
                        trials,
                        batch,
                        3,
                        0.05,
                        0.1,
                        0.05,
                        false,
                        ThetaRule.POSTERIOR,
                        racing,
                        0,
                        false,
                        RegressionRule.PAPER,
                        0,
                        0.95,
                        OptionalDouble.of(1),
                        7),
                earlier,
                affordable);
    }

    private static TechniqueSearch.Evaluator recording(Technique technique, List<String> calls) {
        return (first, batch, seconds) -> {
            List<CompletedTrial> trials = evaluated(first, batch);
            trials.forEach(trial -> trial.deltas()
                    .forEach(delta -> calls.add(technique.name() + " " + trial.number() + " " + delta.modelId())));
            return trials;
        };
    }

    private static List<CompletedTrial> evaluated(int first, List<PlannedTrial> batch) {
        List<CompletedTrial> trials = new ArrayList<>();
        for (PlannedTrial planned : batch) {
            ParameterValues theta = planned.suggestion().theta();
            trials.add(new CompletedTrial(first + trials.size(), theta, deltas(theta), 1));
        }
        return trials;
    }

    private static List<CompletedTrial> raced(int first, List<PlannedTrial> batch, double seconds) {
        List<CompletedTrial> trials = new ArrayList<>();
        for (PlannedTrial planned : batch) {
            ParameterValues theta = planned.suggestion().theta();
            TrialRace race = planned.race();
            for (List<String> wave = race.next(planned.wave()); !wave.isEmpty(); wave = race.next(planned.wave())) {
                wave.forEach(model -> race.add(deltas(theta).get(MODELS.indexOf(model))));
            }
            List<ModelDelta> results = race.results().stream()
                    .sorted(Comparator.comparing(ModelDelta::modelId))
                    .toList();
            List<String> skipped = race.skipped().stream().sorted().toList();
            trials.add(new CompletedTrial(first + trials.size(), theta, results, skipped, 1));
        }
        return trials;
    }

    private static List<ModelDelta> deltas(ParameterValues theta) {
        double value = theta.values().values().stream()
                .mapToDouble(parameter -> parameter instanceof Double number ? number : 0)
                .sum();
        return MODELS.stream()
                .map(model ->
                        new ModelDelta(model, false, 0.3 - (value - 0.8) * (value - 0.8) * MODELS.indexOf(model), 0.01))
                .toList();
    }

    private static FleetObjective objective() {
        Map<String, Double> weights = new LinkedHashMap<>();
        MODELS.forEach(model -> weights.put(model, 1.0));
        return new FleetObjective(0.05, 0.1, 0.05, weights);
    }
}
