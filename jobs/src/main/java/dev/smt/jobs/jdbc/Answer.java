package dev.smt.jobs.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hive.service.rpc.thrift.TOperationState;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What is known without a query: tables, columns, types. */
final class Answer implements Operation {
    private final StructType schema;
    private final List<Row> rows;
    private int given;

    Answer(StructType schema, List<Row> rows) {
        this.schema = schema;
        this.rows = List.copyOf(rows);
    }

    /** Done, without a result. */
    static Answer none() {
        return new Answer(new StructType(), List.of());
    }

    @Override
    public void await(Duration longest) {}

    @Override
    public TOperationState state() {
        return TOperationState.FINISHED_STATE;
    }

    @Override
    public Optional<StatementFailure> failure() {
        return Optional.empty();
    }

    @Override
    public StructType schema() {
        return schema;
    }

    @Override
    public List<Row> next(int most) {
        List<Row> piece = rows.subList(given, Math.min(rows.size(), given + most));
        given += piece.size();
        return piece;
    }

    @Override
    public long given() {
        return given;
    }

    @Override
    public boolean hasResult() {
        return !schema.isEmpty();
    }

    @Override
    public void end(TOperationState state, StatementFailure why) {}
}
