package dev.smt.jobs.mmo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;

/** How long commits to tables take: Spark makes one for every session, by {@code spark.sql.queryExecutionListeners}. */
public final class CommitTimes implements QueryExecutionListener {
    private static final List<Commit> COMMITS = Collections.synchronizedList(new ArrayList<>());

    /**
     * A commit.
     *
     * @param start milliseconds since the epoch
     * @param end milliseconds since the epoch
     */
    record Commit(long start, long end, double seconds) {
        /** Whether readers asked all the time that it took, or none of it. */
        boolean inTurn(boolean asked) {
            return ReadingTurns.same(start, end) && ReadingTurns.asks(start) == asked;
        }
    }

    @Override
    public void onSuccess(String function, QueryExecution execution, long nanoseconds) {
        if (execution.analyzed().nodeName().contains("SaveIntoDataSource")) {
            long now = System.currentTimeMillis();
            COMMITS.add(new Commit(now - Math.round(nanoseconds / 1e6), now, nanoseconds / 1e9));
        }
    }

    @Override
    public void onFailure(String function, QueryExecution execution, Exception failure) {
        // The study fails with it.
    }

    /** All commits so far, in their order. */
    static List<Commit> all() {
        return List.copyOf(COMMITS);
    }
}
