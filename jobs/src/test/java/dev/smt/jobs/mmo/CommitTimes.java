package dev.smt.jobs.mmo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;

/** How long commits to tables take: Spark makes one for every session, by {@code spark.sql.queryExecutionListeners}. */
public final class CommitTimes implements QueryExecutionListener {
    private static final List<Double> SECONDS = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onSuccess(String function, QueryExecution execution, long nanoseconds) {
        if (execution.analyzed().nodeName().contains("SaveIntoDataSource")) {
            SECONDS.add(nanoseconds / 1e9);
        }
    }

    @Override
    public void onFailure(String function, QueryExecution execution, Exception failure) {
        // The study fails with it.
    }

    /** Seconds of all commits so far, sorted. */
    static List<Double> sorted() {
        List<Double> sorted = new ArrayList<>(SECONDS);
        sorted.sort(null);
        return sorted;
    }
}
