package dev.smt.jobs.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How a command prints what it found: in words for people, or as rows for scripts. */
final class FormatOption {
    @Option(
            names = "--format",
            defaultValue = "table",
            description =
                    "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). csv and json are for scripts; json"
                            + " is one object a line.")
    private RowFormat format;

    /** Whether the output is for scripts. */
    boolean isData() {
        return format != RowFormat.table;
    }

    RowFormat format() {
        return format;
    }

    /** Prints rows for scripts, else the words. */
    void print(Supplier<TextRows> rows, Runnable words, PrintWriter out) {
        if (isData()) {
            format.print(rows.get(), out);
        } else {
            words.run();
        }
    }
}
