package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.StepRunner;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Runs the benchmark: the clusters of a fleet and, where it is wanted, its whole study. */
public final class BenchmarkRun {
    private final SparkSession spark;
    private final BenchmarkPlan plan;
    private final boolean clustersOnly;
    private final Progress progress;

    /** @param clustersOnly no study, only the clusters */
    public BenchmarkRun(SparkSession spark, BenchmarkPlan plan, boolean clustersOnly, Progress progress) {
        this.spark = spark;
        this.plan = plan;
        this.clustersOnly = clustersOnly;
        this.progress = progress;
    }

    /** The id of a run: the same plan and program have the same. */
    public String id(String codeVersion) {
        return "benchmark-"
                + StepRunner.sha256(codeVersion + "\n" + plan + "\n" + clustersOnly)
                        .substring(0, 12);
    }

    /** The measures of the fleet of a seed. */
    public List<Measure> of(long seed) {
        BenchmarkFleet fleet = BenchmarkFleet.of(plan.shape(), seed);
        FleetClusters clusters = FleetClusters.of(spark, fleet);
        List<Measure> measures = new ArrayList<>(Measures.of(clusters));
        if (!clustersOnly) {
            measures.addAll(Measures.of(fleet, clusters, new BenchmarkStudy(fleet, clusters, plan, progress).run()));
        }
        return measures;
    }
}
