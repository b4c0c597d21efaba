package dev.smt.jobs.preflight;

import java.io.Serializable;
import java.util.List;

/**
 * What one task found on its executor.
 *
 * @param executor its id
 * @param host its host
 * @param heap megabytes
 * @param problems with their mends; none where it can do the work
 */
public record ExecutorReport(String executor, String host, long heap, List<String> problems) implements Serializable {
    public ExecutorReport {
        problems = List.copyOf(problems);
    }
}
