package dev.smt.jobs.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which techniques to leave out of a version that failed its back-test. Each is left out in turn; where a version passes,
 * the one with the largest mu names the culprit. Where none does, the best of them stays without its technique, and the
 * others are left out in turn again, until a version passes or has one technique left.
 */
public final class LeaveOneOut {
    /** Sure before unsure: a version that passes, then one that does not regress, then the fewest regressions; then by mu. */
    private static final Comparator<Attempt> BEST_FIRST = Comparator.comparing(
                    (Attempt attempt) -> !attempt.verdict().passed())
            .thenComparing(attempt -> attempt.verdict().regresses())
            .thenComparingDouble(attempt ->
                    attempt.verdict().regresses() ? attempt.verdict().outcome().regressionRate() : 0)
            .thenComparingDouble(
                    attempt -> descending(attempt.verdict().outcome().mu()))
            .thenComparingDouble(attempt -> descending(attempt.verdict().margin()));

    private LeaveOneOut() {}

    /** The versions that can be made by leaving techniques out. */
    public interface Variants {
        /** What is missing when these are left out: these, and the techniques that do not fit without them. */
        Set<String> missing(Set<String> leftOut);

        /** Tests a round of versions; the verdicts are in the order of the argument. */
        List<BackTestVerdict> test(List<Set<String>> missing);
    }

    /**
     * A version that was tested.
     *
     * @param leftOut the techniques that it lacks
     * @param verdict on it
     */
    public record Attempt(Set<String> leftOut, BackTestVerdict verdict) {}

    /**
     * What a search found.
     *
     * @param attempts all versions that were tested, in order
     * @param chosen the one to ship; empty where none passed
     */
    public record Finding(List<Attempt> attempts, Optional<Attempt> chosen) {
        public Finding {
            attempts = List.copyOf(attempts);
        }
    }

    /** @param techniques of the version that failed, the strongest first: among equals the weakest is left out */
    public static Finding search(List<String> techniques, Variants variants) {
        List<Attempt> attempts = new ArrayList<>();
        Set<String> gone = Set.of();
        List<Set<String>> round = round(techniques, gone, variants);
        while (!round.isEmpty()) {
            List<BackTestVerdict> verdicts = variants.test(round);
            List<Attempt> tested = new ArrayList<>();
            for (int i = 0; i < round.size(); i++) {
                tested.add(new Attempt(round.get(i), verdicts.get(i)));
            }
            attempts.addAll(tested);
            Attempt best = tested.stream().sorted(BEST_FIRST).findFirst().orElseThrow();
            if (best.verdict().passed()) {
                return new Finding(attempts, Optional.of(best));
            }
            gone = best.leftOut();
            round = round(techniques, gone, variants);
        }
        return new Finding(attempts, Optional.empty());
    }

    /** The most versions that a search tests, when every technique can be left out by itself. */
    public static int mostVersions(int techniques) {
        return Math.max(0, techniques * (techniques + 1) / 2 - 1);
    }

    /** The versions with one technique less than now, the weakest first; none that has no technique. */
    private static List<Set<String>> round(List<String> techniques, Set<String> gone, Variants variants) {
        List<Set<String>> round = new ArrayList<>();
        for (int i = techniques.size() - 1; i >= 0; i--) {
            if (gone.contains(techniques.get(i))) {
                continue;
            }
            Set<String> wanted = new TreeSet<>(gone);
            wanted.add(techniques.get(i));
            Set<String> missing = variants.missing(wanted);
            if (missing.size() < techniques.size() && !round.contains(missing)) {
                round.add(missing);
            }
        }
        return round;
    }

    /** Sorts the largest first, and what is not a number last. */
    private static double descending(double value) {
        return -value;
    }
}
