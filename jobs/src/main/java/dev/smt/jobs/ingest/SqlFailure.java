package dev.smt.jobs.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Spark's errors as one line for the user. */
public final class SqlFailure {
    private SqlFailure() {}

    /**
     * The line, where the user's data or SQL is the cause: SQLSTATE class 22 (data), 42 (syntax, names, types) or KD
     * (a file that can't be read). The outermost such error says where, the innermost why.
     */
    public static Optional<String> ofUser(Throwable failure) {
        List<String> lines = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable known && known.getSqlState() != null) {
                String state = known.getSqlState();
                if (state.startsWith("22") || state.startsWith("42") || state.startsWith("KD")) {
                    lines.add(line(cause));
                }
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String outer = lines.get(0);
        String inner = lines.get(lines.size() - 1);
        return Optional.of(outer.contains(inner) ? outer : outer + " " + inner);
    }

    /** The first line of the message, without Spark's plan, position and error code. */
    public static String line(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String first =
                message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return first.replaceFirst("^\\[[A-Z0-9_.]+] ", "").replaceFirst("\\s*SQLSTATE: .*$", "");
    }
}
