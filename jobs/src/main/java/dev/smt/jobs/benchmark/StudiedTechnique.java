package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkTechnique;
import dev.smt.benchmark.TechniqueChoice;
import dev.smt.search.ParameterValues;
import java.util.Optional;

/**
 * A technique after its study.
 *
 * @param technique of the benchmark
 * @param thetaStar the study's
 * @param reason of the decision, such as ACCEPTED, OPEN or BELOW_TAU
 * @param gain mean mu of the fresh replicates, or that of the search where there are none; percent NE
 * @param trainings of the search and of the replicates, without baselines
 */
record StudiedTechnique(
        BenchmarkTechnique technique, ParameterValues thetaStar, String reason, double gain, long trainings) {
    private static final String ACCEPTED = "ACCEPTED";
    private static final String OPEN = "OPEN";

    String name() {
        return technique.name();
    }

    boolean accepted() {
        return reason.equals(ACCEPTED);
    }

    boolean open() {
        return reason.equals(OPEN);
    }

    TechniqueChoice choice() {
        return new TechniqueChoice(name(), accepted(), Optional.of(thetaStar), trainings);
    }
}
