package dev.smt.jobs.cli;

import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Tells the user what went wrong: all problems of his input (exit code 2), or the failure of the work (1). */
public final class ErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** Set by the launcher. */
    private static final String LOG_FILE = "smt.log.file";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandler.class);

    /** Runs what was parsed. Errors that have a reason which users can mend become exceptions: the others are bugs of ours. */
    public static int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (FSError full) {
            throw failed(
                    parsed, new UncheckedIOException(full.getCause().getMessage(), new IOException(full.getCause())));
        } catch (OutOfMemoryError small) {
            throw failed(
                    parsed,
                    new IllegalStateException(
                            "out of memory (" + small.getMessage()
                                    + "); give the driver more (spark.driver.memory; on one machine SMT_HEAP)",
                            small));
        }
    }

    private static ExecutionException failed(ParseResult parsed, Exception why) {
        List<CommandLine> commands = parsed.asCommandLineList();
        return new ExecutionException(commands.get(commands.size() - 1), why.getMessage(), why);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        InvalidInputException invalid = causeOf(failure);
        if (invalid != null) {
            int count = invalid.problems().size();
            err.println(count == 1 ? "1 problem:" : count + " problems:");
            invalid.problems().forEach(problem -> err.println("  - " + problem));
            err.flush();
            return ExitCode.USAGE;
        }
        LOG.error("{} failed", command.getCommandName(), failure);
        err.println(command.getCommandName() + " failed: " + text(failure));
        Throwable root = rootOf(failure);
        if (!text(failure).contains(firstLine(root.getMessage()))) {
            err.println("  because of " + text(root));
        }
        err.println("What was finished is kept: the same command goes on from there. The details are in the log"
                + Optional.ofNullable(System.getProperty(LOG_FILE))
                        .map(file -> ": " + file)
                        .orElse("."));
        err.flush();
        return ExitCode.SOFTWARE;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(failure.getMessage());
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    private static String text(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + firstLine(failure.getMessage());
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Spark's messages go on with a stack trace, which is in the log. */
    private static String firstLine(String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static InvalidInputException causeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInputException invalid) {
                return invalid;
            }
        }
        return null;
    }
}
