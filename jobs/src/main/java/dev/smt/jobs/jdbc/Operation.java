package dev.smt.jobs.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hive.service.rpc.thrift.TOperationState;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A statement, or a question about the tables, that a client has asked; it keeps its place in the result. */
sealed interface Operation permits Answer, Query {
    /** Waits until there is something to fetch, nothing more to be done, or a failure. */
    void await(Duration longest);

    TOperationState state();

    /** Why there is no result, or no more of it. */
    Optional<StatementFailure> failure();

    /**
     * The result's columns; waits for them.
     *
     * @throws StatementFailure where there is no result
     */
    StructType schema();

    /**
     * The next rows, in the form of {@link ColumnType#sent}; waits for them.
     *
     * @param most that it may return
     * @return fewer or none only at the result's end
     * @throws StatementFailure where there are none to come
     */
    List<Row> next(int most);

    /** Rows that {@link #next} has returned so far. */
    long given();

    /** Whether it has a result at all. */
    boolean hasResult();

    /** Ends its work, for a reason that the client is told. */
    void end(TOperationState state, StatementFailure why);
}
