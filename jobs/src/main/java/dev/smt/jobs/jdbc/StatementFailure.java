package dev.smt.jobs.jdbc;

import dev.smt.jobs.config.InvalidInputException;
import java.util.Optional;
import org.apache.hive.service.rpc.thrift.TStatus;
import org.apache.hive.service.rpc.thrift.TStatusCode;
import org.apache.spark.SparkThrowable;

/** What a client is told of a call that failed: one message, and the code by which SQL's programs know its kind. */
final class StatementFailure extends RuntimeException {
    static final String CANCELED = "HY008";
    static final String TIMED_OUT = "HYT00";
    static final String NOT_SUPPORTED = "0A000";
    static final String NO_SUCH_SCHEMA = "3F000";
    static final String NO_CONNECTION = "08003";
    static final String NOT_AUTHORIZED = "28000";
    static final String LIMIT = "53000";

    private static final String NOT_ALLOWED = "42000";
    private static final String GENERAL = "HY000";
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    StatementFailure(String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    /** What was refused keeps its words; of others what caused them counts, without the stack trace that Spark adds. */
    static StatementFailure of(Throwable failure) {
        if (failure instanceof StatementFailure known) {
            return known;
        }
        if (failure instanceof InvalidInputException invalid) {
            return new StatementFailure(NOT_ALLOWED, String.join("; ", invalid.problems()));
        }
        Throwable told = failure;
        String state = GENERAL;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> known = sqlState(cause);
            if (known.isPresent() || cause.getCause() == null && state.equals(GENERAL)) {
                told = cause;
                state = known.orElse(GENERAL);
            }
        }
        String message = String.valueOf(told.getMessage()).lines().findFirst().orElse("");
        return new StatementFailure(
                state,
                message.isEmpty() || message.equals("null") ? told.getClass().getSimpleName() : message);
    }

    private static Optional<String> sqlState(Throwable cause) {
        return cause instanceof SparkThrowable known ? Optional.ofNullable(known.getSqlState()) : Optional.empty();
    }

    String sqlState() {
        return sqlState;
    }

    TStatus status() {
        TStatus status = new TStatus(TStatusCode.ERROR_STATUS);
        status.setErrorMessage(getMessage());
        status.setSqlState(sqlState);
        return status;
    }
}
