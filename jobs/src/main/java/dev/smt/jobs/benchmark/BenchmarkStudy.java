package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkTechnique;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.search.ParameterValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All cycles of a study on a benchmark fleet: each tries its own pool of techniques, and rebuilds the fleet. */
final class BenchmarkStudy {
    private final BenchmarkFleet fleet;
    private final FleetClusters clusters;
    private final BenchmarkPlan plan;
    private final Progress progress;

    BenchmarkStudy(BenchmarkFleet fleet, FleetClusters clusters, BenchmarkPlan plan, Progress progress) {
        this.fleet = fleet;
        this.clusters = clusters;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * A cycle.
     *
     * @param studied the techniques of its pool
     * @param integrated those that the new version has more than the one before
     * @param rollout of that version to all models
     * @param trainings of everything in the cycle, baselines included
     * @param fragmented what the models get by as many trainings without a template
     */
    record Cycle(
            List<StudiedTechnique> studied,
            List<StudiedTechnique> integrated,
            ProductionFleet.Rollout rollout,
            long trainings,
            FragmentedWay.Result fragmented) {}

    /** Runs all cycles. */
    List<Cycle> run() {
        ProductionFleet production = new ProductionFleet(fleet);
        SyntheticStudy study = new SyntheticStudy(fleet, plan.study(fleet.seed()), clusters.representatives());
        Map<BenchmarkTechnique, ParameterValues> template = Map.of();
        List<Cycle> cycles = new ArrayList<>();
        try (Progress.Counter counter =
                progress.count("techniques", fleet.techniques().size())) {
            for (int number = 0; number < plan.cycles(); number++) {
                List<BenchmarkTechnique> pool = pool(number);
                List<StudiedTechnique> studied = new ArrayList<>();
                for (BenchmarkTechnique technique : pool) {
                    studied.add(study.of(technique));
                    counter.add(1);
                }
                SyntheticVersion version = new SyntheticVersion(fleet, clusters, template);
                List<StudiedTechnique> integrated = version.backTested(version.confirmed(
                        studied.stream().filter(StudiedTechnique::accepted).toList()));
                template = version.with(integrated);
                ProductionFleet.Rollout rollout = production.ship(template, number);
                long trainings = baselines()
                        + studied.stream()
                                .mapToLong(StudiedTechnique::trainings)
                                .sum()
                        + version.trained()
                        + (integrated.isEmpty() ? 0 : fleet.models().size());
                cycles.add(new Cycle(
                        studied, integrated, rollout, trainings, new FragmentedWay(fleet).of(pool, trainings)));
            }
        }
        return cycles;
    }

    /** Of the search and of all replicates; techniques share them. */
    private long baselines() {
        MmoConfiguration study = plan.study(fleet.seed());
        return (long) clusters.representatives().size() * (1 + study.replicates());
    }

    /** The techniques of a cycle; the pools are as equal as they can be. */
    private List<BenchmarkTechnique> pool(int cycle) {
        int size = fleet.techniques().size();
        return fleet.techniques().subList(cycle * size / plan.cycles(), (cycle + 1) * size / plan.cycles());
    }
}
