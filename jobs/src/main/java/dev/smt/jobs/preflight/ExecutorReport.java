package dev.smt.jobs.preflight;

import java.io.Serializable;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one task found on its executor.
 *
 * @param executor its id
 * @param host its host
 * @param heap megabytes
 * @param devices what its trainings compute on
 * @param warnings what it can do without
 * @param problems with their mends; none where it can do the work
 */
public record ExecutorReport(
        String executor, String host, long heap, Set<String> devices, Set<String> warnings, Set<String> problems)
        implements Serializable {
    public ExecutorReport {
        // Plain sorted sets: of a few words, sent by Java's serialization.
        devices = Collections.unmodifiableSet(new TreeSet<>(devices));
        warnings = Collections.unmodifiableSet(new TreeSet<>(warnings));
        problems = Collections.unmodifiableSet(new TreeSet<>(problems));
    }

    /** What two tasks found on one executor. */
    ExecutorReport and(ExecutorReport other) {
        return new ExecutorReport(
                executor,
                host,
                heap,
                both(devices, other.devices),
                both(warnings, other.warnings),
                both(problems, other.problems));
    }

    /** How a message names it. */
    public String name() {
        return "executor " + executor + " on " + host;
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
