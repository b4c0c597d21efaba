package dev.smt.jobs.representative;

import dev.smt.jobs.TestSpark;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How long the clusters, the elbow and the representatives of large fleets take. benchmarks/fleet.md has the command and the
 * figures. Arguments: numbers of models.
 */
public final class RepresentativesBenchmark {
    private static final int CLUSTERS = 20;

    private RepresentativesBenchmark() {}

    public static void main(String[] arguments) {
        RepresentativesConfiguration configuration =
                new RepresentativesConfiguration("true", OptionalInt.empty(), 2, 24, 3, 0.2, Map.of(), 1);
        RepresentativesJob job = new RepresentativesJob(TestSpark.session());
        for (String size : arguments) {
            PlantedFleet fleet = PlantedFleet.of(CLUSTERS, Integer.parseInt(size), 0.15, 1);
            long start = System.nanoTime();
            RepresentativesResult result = job.run(fleet.models(), configuration);
            System.out.printf(
                    Locale.ROOT,
                    "%s models: %.1f s, k = %d, adjusted Rand index of other seeds %.2f%n",
                    size,
                    (System.nanoTime() - start) / 1e9,
                    result.elbow().stream()
                            .filter(RepresentativesResult.ElbowPoint::isElbow)
                            .findFirst()
                            .orElseThrow()
                            .k(),
                    result.structure().stability());
        }
    }
}
