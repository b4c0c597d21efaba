package dev.smt.jobs.run;

import dev.smt.jobs.table.RunRow;
import java.util.List;

/** One step of the cycle, such as {@code mmo}. A step reads tables, works, writes tables. */
public interface Step {
    /** The command's name. */
    String name();

    /** The steps whose results it reads: their runs are part of its key. */
    List<String> needs();

    /** The part of the configuration that its result depends on, in a canonical text. */
    String configuration(RunContext context);

    /** Whether what a finished run of it wrote beside tables is still as it wrote it; where not, it is done again. */
    default boolean isIntact(RunContext context, RunRow finished) {
        return true;
    }

    /** Does the work, and says what it did. */
    StepResult run(RunContext context, String runId);
}
