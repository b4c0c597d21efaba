package dev.smt.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The search on versions whose mu follows a law that the test knows; every technique claims a gain of 1 alone. */
class LeaveOneOutTest {
    private static final double CLAIM = 1;
    private static final double SHARE = 0.8;
    private static final double EPSILON = 0.1;

    @Test
    void theOneTechniqueWithoutWhichTheGainsAddUpIsTheCulprit() {
        Planted planted = new Planted(List.of("a", "b", "c"), kept -> outcome(sum(kept, Map.of("b", -1.0))));
        assertThat(culprits(planted)).containsExactly("b");
        assertThat(planted.rounds).containsExactly(List.of(Set.of("c"), Set.of("b"), Set.of("a")));
    }

    @Test
    void theCulpritMayBeTheOneThatMakesModelsRegress() {
        Planted planted = new Planted(
                List.of("a", "b"), kept -> new FleetOutcome(sum(kept, Map.of()), kept.contains("a") ? 0.5 : 0, true));
        assertThat(culprits(planted)).containsExactly("a");
    }

    @Test
    void amongSeveralThatPassTheLargestMuDecides() {
        // Together they lose 3; any one less ends that. What remains is worth more without c.
        Planted planted = new Planted(
                List.of("a", "b", "c"),
                kept -> outcome(sum(kept, Map.of("a", 1.2, "b", 1.1, "c", 1.0)) - (kept.size() == 3 ? 3 : 0)));
        assertThat(culprits(planted)).containsExactly("c");
    }

    @Test
    void amongEqualsTheWeakestIsLeftOut() {
        Planted planted = new Planted(
                List.of("strong", "weak"), kept -> outcome(sum(kept, Map.of()) - (kept.size() == 2 ? 2 : 0)));
        assertThat(culprits(planted)).containsExactly("weak");
    }

    @Test
    void twoThatAreBadOnlyTogetherLoseTheOneThatIsWorthLess() {
        Planted planted = new Planted(
                List.of("a", "b", "c", "d"),
                kept -> outcome(sum(kept, Map.of("b", 0.9)) - (kept.containsAll(Set.of("b", "d")) ? 3 : 0)));
        assertThat(culprits(planted)).containsExactly("b");
    }

    @Test
    void twoCulpritsAreFoundOneAfterTheOther() {
        Planted planted =
                new Planted(List.of("a", "b", "c", "d"), kept -> outcome(sum(kept, Map.of("a", -2.0, "c", -3.0))));
        LeaveOneOut.Finding finding = LeaveOneOut.search(planted.techniques, planted);
        assertThat(finding.chosen().orElseThrow().leftOut()).containsExactlyInAnyOrder("a", "c");
        assertThat(planted.rounds).hasSize(2);
        assertThat(planted.rounds.get(1)).containsExactly(Set.of("c", "d"), Set.of("b", "c"), Set.of("a", "c"));
        assertThat(finding.attempts()).hasSize(7);
    }

    @Test
    void whereNothingHelpsTheSearchEndsWithOneTechniqueLeft() {
        Planted planted = new Planted(List.of("a", "b", "c", "d"), kept -> outcome(-1));
        LeaveOneOut.Finding finding = LeaveOneOut.search(planted.techniques, planted);
        assertThat(finding.chosen()).isEmpty();
        assertThat(planted.rounds).extracting(List::size).containsExactly(4, 3, 2);
        assertThat(finding.attempts()).hasSize(LeaveOneOut.mostVersions(4));
        assertThat(planted.rounds.get(2))
                .allSatisfy(missing -> assertThat(missing).hasSize(3));
    }

    @Test
    void oneTechniqueIsNeverLeftOut() {
        Planted planted = new Planted(List.of("a"), kept -> outcome(-1));
        assertThat(LeaveOneOut.search(planted.techniques, planted).attempts()).isEmpty();
        assertThat(planted.rounds).isEmpty();
        assertThat(LeaveOneOut.mostVersions(1)).isZero();
    }

    @Test
    void aVersionThatCannotTrainIsTheWorst() {
        // With d no model trains; of the others b harms. Only without both do the gains add up.
        Planted planted = new Planted(
                List.of("a", "b", "c", "d"),
                kept -> kept.contains("d")
                        ? new FleetOutcome(Double.NaN, 1, false)
                        : outcome(sum(kept, Map.of("b", -1.0))));
        LeaveOneOut.Finding finding = LeaveOneOut.search(planted.techniques, planted);
        assertThat(finding.chosen().orElseThrow().leftOut()).containsExactlyInAnyOrder("b", "d");
        assertThat(planted.rounds).hasSize(2);
    }

    @Test
    void fewerRegressionsComeBeforeALargerMu() {
        Planted planted = new Planted(
                List.of("a", "b", "c"),
                kept -> new FleetOutcome(
                        kept.contains("a") ? 9 : 2,
                        (kept.contains("a") ? 0.5 : 0) + (kept.contains("b") ? 0.3 : 0),
                        true));
        LeaveOneOut.Finding finding = LeaveOneOut.search(planted.techniques, planted);
        assertThat(finding.chosen().orElseThrow().leftOut()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void atTheSameMuTheOneNearestToItsOwnGateGoesOn() {
        // a claims the most and gives nothing; b and c give 0.9, together or alone, and b claims more of it than c.
        Map<String, Double> claims = Map.of("a", 2.0, "b", 1.0, "c", 0.5);
        Planted planted =
                new Planted(List.of("a", "b", "c"), claims, kept -> outcome(kept.equals(Set.of("a")) ? 0 : 0.9));
        assertThat(culprits(planted)).containsExactly("a", "b");
        assertThat(planted.rounds.get(1)).containsExactly(Set.of("a", "c"), Set.of("a", "b"));
    }

    @Test
    void whatDoesNotFitWithoutATechniqueGoesWithItAndIsTestedOnce() {
        Planted planted =
                new Planted(List.of("a", "b", "c"), kept -> outcome(sum(kept, Map.of("a", -1.0, "b", -1.0)))) {
                    @Override
                    public Set<String> missing(Set<String> leftOut) {
                        Set<String> missing = new TreeSet<>(leftOut);
                        if (missing.contains("a")) {
                            missing.add("b");
                        }
                        return missing;
                    }
                };
        assertThat(culprits(planted)).containsExactly("a", "b");
        assertThat(planted.rounds).containsExactly(List.of(Set.of("c"), Set.of("b"), Set.of("a", "b")));
    }

    private static Set<String> culprits(Planted planted) {
        return LeaveOneOut.search(planted.techniques, planted)
                .chosen()
                .orElseThrow()
                .leftOut();
    }

    /** Every technique is worth 1 where the map does not say otherwise. */
    private static double sum(Set<String> kept, Map<String, Double> worth) {
        return kept.stream()
                .mapToDouble(name -> worth.getOrDefault(name, CLAIM))
                .sum();
    }

    private static FleetOutcome outcome(double mu) {
        return new FleetOutcome(mu, 0, true);
    }

    private static class Planted implements LeaveOneOut.Variants {
        private final List<String> techniques;
        private final Map<String, Double> claims;
        private final Function<Set<String>, FleetOutcome> law;
        private final List<List<Set<String>>> rounds = new ArrayList<>();

        Planted(List<String> techniques, Function<Set<String>, FleetOutcome> law) {
            this(techniques, new LinkedHashMap<>(), law);
        }

        Planted(List<String> techniques, Map<String, Double> claims, Function<Set<String>, FleetOutcome> law) {
            this.techniques = techniques;
            this.claims = claims;
            this.law = law;
        }

        @Override
        public Set<String> missing(Set<String> leftOut) {
            return leftOut;
        }

        @Override
        public List<BackTestVerdict> test(List<Set<String>> missing) {
            rounds.add(missing);
            return missing.stream()
                    .map(names -> {
                        Set<String> kept = new TreeSet<>(techniques);
                        kept.removeAll(names);
                        return new BackTestVerdict(law.apply(kept), 0.01, sum(kept, claims), SHARE, EPSILON);
                    })
                    .toList();
        }
    }
}
