package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkModel;
import dev.smt.benchmark.BenchmarkTechnique;
import dev.smt.benchmark.SimulatedTrainings;
import dev.smt.benchmark.SimulatedTrainings.Rows;
import dev.smt.jobs.backtest.BackTestVerdict;
import dev.smt.jobs.backtest.LeaveOneOut;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What happens to the techniques that a cycle's study accepted, before they are in the template: the holdout models confirm them,
 * and all together they pass the back-test on rows that the search has not seen. Where they don't, leave-one-out says which of them
 * to leave out.
 */
final class SyntheticVersion {
    /** Seeds that nothing else has. */
    private static final int BACK_TEST_SEED = 1000;

    private static final double GAIN_SHARE = 0.8;

    private final BenchmarkFleet fleet;
    private final SimulatedTrainings trainings;
    private final FleetClusters clusters;
    private final Map<BenchmarkTechnique, ParameterValues> before;
    private long trained;

    /** @param before what the template has already */
    SyntheticVersion(BenchmarkFleet fleet, FleetClusters clusters, Map<BenchmarkTechnique, ParameterValues> before) {
        this.fleet = fleet;
        this.trainings = new SimulatedTrainings(fleet);
        this.clusters = clusters;
        this.before = Map.copyOf(before);
    }

    /** Trainings so far, baselines included. */
    long trained() {
        return trained;
    }

    /** The techniques that the holdout models confirm; all where there is no holdout model. */
    List<StudiedTechnique> confirmed(List<StudiedTechnique> accepted) {
        if (clusters.holdout().isEmpty() || accepted.isEmpty()) {
            return accepted;
        }
        FleetObjective objective = fleet.objective(clusters.holdout());
        trained += (long) clusters.holdout().size() * (1 + accepted.size());
        return accepted.stream()
                .filter(studied -> {
                    FleetOutcome outcome = objective.outcome(clusters.holdout().stream()
                            .map(fleet::model)
                            .map(model ->
                                    trainings.of(studied.technique(), studied.thetaStar(), model, Rows.VALIDATION, 0))
                            .toList());
                    return outcome.feasible() && outcome.mu() >= objective.tau();
                })
                .toList();
    }

    /** The techniques that pass the back-test together; none where no version passes. */
    List<StudiedTechnique> backTested(List<StudiedTechnique> confirmed) {
        if (confirmed.isEmpty()) {
            return List.of();
        }
        List<StudiedTechnique> strongest = confirmed.stream()
                .sorted(Comparator.comparingDouble(studied -> -studied.gain()))
                .toList();
        FleetObjective objective = fleet.objective(clusters.representatives());
        trained += clusters.representatives().size();
        if (verdict(objective, strongest, Set.of()).passed()) {
            return strongest;
        }
        LeaveOneOut.Finding finding = LeaveOneOut.search(
                strongest.stream().map(StudiedTechnique::name).toList(), new LeaveOneOut.Variants() {
                    @Override
                    public Set<String> missing(Set<String> leftOut) {
                        return new TreeSet<>(leftOut);
                    }

                    @Override
                    public List<BackTestVerdict> test(List<Set<String>> missing) {
                        return missing.stream()
                                .map(names -> verdict(objective, strongest, names))
                                .toList();
                    }
                });
        return finding.chosen()
                .map(attempt -> strongest.stream()
                        .filter(studied -> !attempt.leftOut().contains(studied.name()))
                        .toList())
                .orElse(List.of());
    }

    private BackTestVerdict verdict(FleetObjective objective, List<StudiedTechnique> all, Set<String> leftOut) {
        List<StudiedTechnique> kept = all.stream()
                .filter(studied -> !leftOut.contains(studied.name()))
                .toList();
        Map<BenchmarkTechnique, ParameterValues> with = with(kept);
        trained += clusters.representatives().size();
        List<ModelDelta> deltas = clusters.representatives().stream()
                .map(fleet::model)
                .map(model -> trainings.of(with, before, model, Rows.TEST, BACK_TEST_SEED))
                .toList();
        double gains = kept.stream().mapToDouble(StudiedTechnique::gain).sum();
        return BackTestVerdict.of(objective, deltas, gains, GAIN_SHARE);
    }

    /** The template's techniques with some more. */
    Map<BenchmarkTechnique, ParameterValues> with(List<StudiedTechnique> more) {
        Map<BenchmarkTechnique, ParameterValues> with = new HashMap<>(before);
        more.forEach(studied -> with.put(studied.technique(), studied.thetaStar()));
        return Map.copyOf(with);
    }

    /** True effect of what a model would run, less that of what it runs, in percent NE. */
    static double gain(
            BenchmarkModel model,
            Map<BenchmarkTechnique, ParameterValues> with,
            Map<BenchmarkTechnique, ParameterValues> without) {
        return SimulatedTrainings.effect(with, model) - SimulatedTrainings.effect(without, model);
    }
}
