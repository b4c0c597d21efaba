package dev.smt.jobs.mmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.bayes.ThetaRule;
import dev.smt.jobs.run.SideBySide;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Three techniques: one that gains the same everywhere, and so can't gain more, between two that rise. */
class StudySearchTest {
    private static final FleetObjective OBJECTIVE = new FleetObjective(0.05, 0.1, 0.05, Map.of("m1", 1.0, "m2", 1.0));
    private static final List<String> NAMES = List.of("rising", "flat", "steep");
    private static final List<Double> SLOPES = List.of(1.0, 0.0, 2.0);
    private static final int TRIALS = 7;

    @Test
    void withoutALeastGainEveryTechniqueHasItsTrials() {
        StudySearch study = study(0, List.of(List.of(), List.of(), List.of()), new ArrayList<>());
        assertThat(run(study)).extracting(List::size).containsExactly(TRIALS, TRIALS, TRIALS);
        assertThat(study.text()).isEmpty();
    }

    @Test
    void whatOneSavesGoesToTheOthersInTurns() {
        List<String> calls = new ArrayList<>();
        StudySearch study = study(1e-3, List.of(List.of(), List.of(), List.of()), calls);
        List<List<CompletedTrial>> trials = run(study);
        assertThat(trials.get(1)).hasSize(4);
        assertThat(trials).extracting(List::size).containsExactly(9, 4, 8);
        assertThat(calls.subList(calls.size() - 3, calls.size())).containsExactly("rising 7", "steep 7", "rising 8");
        assertThat(study.text())
                .containsExactly("stopped, since the next trial was expected to gain less than 0.001 %: flat after 4; 3"
                        + " trials saved, 2 to rising, 1 to steep");
    }

    @Test
    void goesOnFromAnyStateAsIfItHadNotStopped() {
        List<String> calls = new ArrayList<>();
        List<List<CompletedTrial>> whole = run(study(1e-3, List.of(List.of(), List.of(), List.of()), calls));
        for (int stop = 0; stop <= calls.size(); stop++) {
            List<List<CompletedTrial>> done = new ArrayList<>();
            for (int i = 0; i < NAMES.size(); i++) {
                String name = NAMES.get(i);
                long count = calls.subList(0, stop).stream()
                        .filter(call -> call.startsWith(name + " "))
                        .count();
                done.add(whole.get(i).subList(0, (int) count));
            }
            List<String> rest = new ArrayList<>();
            assertThat(run(study(1e-3, done, rest))).as("after %d trials", stop).isEqualTo(whole);
            assertThat(rest).isEqualTo(calls.subList(stop, calls.size()));
        }
    }

    private static List<List<CompletedTrial>> run(StudySearch study) {
        try (SideBySide one = new SideBySide(1, () -> {})) {
            return study.run(one);
        }
    }

    private static StudySearch study(double leastGain, List<List<CompletedTrial>> done, List<String> calls) {
        MmoConfiguration configuration = new MmoConfiguration(
                NAMES,
                TRIALS,
                2,
                3,
                0.05,
                0.1,
                0.05,
                false,
                ThetaRule.POSTERIOR,
                Racing.OFF,
                leastGain,
                false,
                RegressionRule.PAPER,
                0,
                0.95,
                OptionalDouble.of(1),
                7);
        List<StudySearch.Entry> entries = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            double slope = SLOPES.get(i);
            IdleTechnique technique = new IdleTechnique(
                    name,
                    SearchSpace.of(
                            new Parameter.Real(name + ".a", 0, 1, false),
                            new Parameter.Real(name + ".b", 0, 1, false)));
            entries.add(new StudySearch.Entry(
                    name,
                    new TechniqueSearch(technique, OBJECTIVE, configuration, List.of(), theta -> true),
                    done.get(i),
                    (first, batch, seconds) -> evaluated(name, slope, first, batch, calls)));
        }
        return new StudySearch(configuration, entries);
    }

    private static List<CompletedTrial> evaluated(
            String name, double slope, int first, List<PlannedTrial> batch, List<String> calls) {
        List<CompletedTrial> trials = new ArrayList<>();
        for (PlannedTrial planned : batch) {
            double a = planned.suggestion().theta().real(name + ".a");
            double b = planned.suggestion().theta().real(name + ".b");
            double delta = 0.2 + slope * (Math.sin(5 * a) + Math.cos(7 * b));
            calls.add(name + " " + (first + trials.size()));
            trials.add(new CompletedTrial(
                    first + trials.size(),
                    planned.suggestion().theta(),
                    List.of(new ModelDelta("m1", false, delta, 1e-4), new ModelDelta("m2", false, delta, 1e-4)),
                    1));
        }
        return trials;
    }
}
