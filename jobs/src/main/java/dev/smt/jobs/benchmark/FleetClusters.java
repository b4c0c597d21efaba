package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkModel;
import dev.smt.jobs.representative.RepresentativesConfiguration;
import dev.smt.jobs.representative.RepresentativesJob;
import dev.smt.jobs.representative.RepresentativesResult.Assignment;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import smile.validation.metric.AdjustedRandIndex;

/**
 * The clusters that the step {@code representatives} finds in a benchmark fleet.
 *
 * @param found number of clusters
 * @param adjustedRandIndex against the true clusters; 1 where they are the same
 * @param representatives ids, in order
 * @param holdout ids, in order
 */
record FleetClusters(int found, double adjustedRandIndex, List<String> representatives, List<String> holdout) {
    private static final int K_MAX = 24;
    private static final int RESTARTS = 3;
    private static final double HOLDOUT_SHARE = 0.2;

    FleetClusters {
        representatives = List.copyOf(representatives);
        holdout = List.copyOf(holdout);
    }

    /** Clusters the fleet, by the defaults of the step's configuration. */
    static FleetClusters of(SparkSession spark, BenchmarkFleet fleet) {
        List<Assignment> assignments = new RepresentativesJob(spark)
                .run(fleet.models().stream().map(BenchmarkModel::model).toList(), configuration(fleet))
                .assignments();
        int[] truth = assignments.stream()
                .mapToInt(model -> fleet.model(model.modelId()).cluster())
                .toArray();
        int[] found = assignments.stream().mapToInt(Assignment::cluster).toArray();
        return new FleetClusters(
                (int) assignments.stream()
                        .mapToInt(Assignment::cluster)
                        .distinct()
                        .count(),
                AdjustedRandIndex.of(truth, found),
                ids(assignments, Assignment::isRepresentative),
                ids(assignments, Assignment::isHoldout));
    }

    private static RepresentativesConfiguration configuration(BenchmarkFleet fleet) {
        int clusters = fleet.shape().clusters();
        return new RepresentativesConfiguration(
                "true",
                OptionalInt.empty(),
                2,
                Math.max(K_MAX, clusters + clusters / 5),
                RESTARTS,
                HOLDOUT_SHARE,
                Map.of(),
                fleet.seed());
    }

    private static List<String> ids(List<Assignment> assignments, Predicate<Assignment> which) {
        return assignments.stream()
                .filter(which)
                .map(Assignment::modelId)
                .sorted()
                .toList();
    }
}
