package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkScore;
import dev.smt.benchmark.TechniqueChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The numbers by which the benchmark judges; docs/benchmark-fleet.md has their meanings and targets. */
public final class Measures {
    private static final String COUNT = "count";
    private static final String SHARE = "share";
    private static final String PERCENT = "percent NE";
    private static final double LEAST_RAND_INDEX = 0.95;
    private static final double LEAST_NEAR = 0.9;
    private static final double MOST_FALSE = 0.05;

    private Measures() {}

    /** Of the clusters. */
    static List<Measure> of(FleetClusters clusters) {
        return List.of(
                Measure.of("clusters-found", clusters.found(), COUNT),
                Measure.atLeast("adjusted-rand-index", clusters.adjustedRandIndex(), "index", LEAST_RAND_INDEX));
    }

    /** Of any system's decisions. */
    public static List<Measure> of(BenchmarkScore score) {
        return List.of(
                Measure.atLeast("near-best", score.nearShare(), SHARE, LEAST_NEAR),
                Measure.of("near-best-any-regression-rate", score.nearShareAnyRate(), SHARE),
                Measure.of("mean-regret", score.meanRegret(), PERCENT),
                Measure.of("accepted", score.accepted(), COUNT),
                Measure.atMost("false-acceptance", score.falseAcceptance(), SHARE, MOST_FALSE),
                Measure.of("unable-accepted", score.unableAccepted(), COUNT),
                Measure.of("missed", score.missed(), COUNT),
                Measure.of("decision-trainings", score.trainings(), COUNT));
    }

    /** Of a whole study. */
    static List<Measure> of(BenchmarkFleet fleet, FleetClusters clusters, List<BenchmarkStudy.Cycle> cycles) {
        List<TechniqueChoice> decided = cycles.stream()
                .flatMap(cycle -> cycle.studied().stream())
                .map(StudiedTechnique::choice)
                .toList();
        List<Measure> measures = new ArrayList<>(of(BenchmarkScore.of(fleet, decided)));
        measures.add(Measure.of(
                "near-best-on-representatives",
                BenchmarkScore.nearShareOf(fleet, decided, fleet.objective(clusters.representatives())),
                SHARE));
        measures.add(Measure.of(
                "open",
                sum(cycles, cycle -> cycle.studied().stream()
                        .filter(StudiedTechnique::open)
                        .count()),
                COUNT));
        BenchmarkScore integrated = BenchmarkScore.of(fleet, integrated(cycles));
        measures.add(Measure.of("integrated", integrated.accepted(), COUNT));
        measures.add(Measure.atMost("false-integration", integrated.falseAcceptance(), SHARE, MOST_FALSE));
        for (int cycle = 0; cycle < cycles.size(); cycle++) {
            measures.add(Measure.of(
                    "gain-cycle-" + (cycle + 1), cycles.get(cycle).rollout().gain(), PERCENT));
        }
        double models = fleet.models().size();
        measures.add(Measure.of("gain", sum(cycles, cycle -> cycle.rollout().gain()), PERCENT));
        measures.add(Measure.of(
                "fragmented-gain", sum(cycles, cycle -> cycle.fragmented().gain()), PERCENT));
        double shipped = sum(cycles, cycle -> cycle.rollout().shipped());
        measures.add(Measure.of("shipped", shipped / models / cycles.size(), SHARE));
        measures.add(Measure.of(
                "shipped-regressions",
                shipped == 0 ? 0 : sum(cycles, cycle -> cycle.rollout().regressed()) / shipped,
                SHARE));
        measures.addAll(pairs(cycles));
        return measures;
    }

    private static List<Measure> pairs(List<BenchmarkStudy.Cycle> cycles) {
        long trainings = count(cycles, BenchmarkStudy.Cycle::trainings);
        long pairs = count(cycles, cycle -> cycle.rollout().pairs());
        long fragmentedTrainings = count(cycles, cycle -> cycle.fragmented().trainings());
        long fragmentedPairs = count(cycles, cycle -> cycle.fragmented().pairs());
        List<Measure> measures = new ArrayList<>(List.of(
                Measure.of("trainings", trainings, COUNT),
                Measure.of("shipped-pairs", pairs, COUNT),
                Measure.of("fragmented-trainings", fragmentedTrainings, COUNT),
                Measure.of("fragmented-pairs", fragmentedPairs, COUNT)));
        if (fragmentedPairs > 0) {
            measures.add(Measure.of(
                    "fragmented-regressions",
                    (double) count(cycles, cycle -> cycle.fragmented().regressed()) / fragmentedPairs,
                    SHARE));
            measures.add(Measure.of(
                    "pairs-per-training-ratio",
                    (double) pairs / trainings / ((double) fragmentedPairs / fragmentedTrainings),
                    "ratio"));
        }
        return measures;
    }

    /** The decisions after holdout and back-test. */
    private static List<TechniqueChoice> integrated(List<BenchmarkStudy.Cycle> cycles) {
        return cycles.stream()
                .flatMap(cycle -> cycle.studied().stream()
                        .map(studied -> new TechniqueChoice(
                                studied.name(),
                                cycle.integrated().contains(studied),
                                Optional.of(studied.thetaStar()),
                                studied.trainings())))
                .toList();
    }

    private static double sum(List<BenchmarkStudy.Cycle> cycles, ToDoubleFunction<BenchmarkStudy.Cycle> of) {
        return cycles.stream().mapToDouble(of).sum();
    }

    private static long count(List<BenchmarkStudy.Cycle> cycles, ToLongFunction<BenchmarkStudy.Cycle> of) {
        return cycles.stream().mapToLong(of).sum();
    }
}
