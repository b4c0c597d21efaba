package dev.smt.jobs.run;

import java.util.List;

/** One step of the cycle, such as {@code mmo}. A step reads tables, works, writes tables. */
public interface Step {
    /** The command's name. */
    String name();

    /** The steps whose results it reads: their runs are part of its key. */
    List<String> needs();

    /** The part of the configuration that its result depends on, in a canonical text. */
    String configuration(RunContext context);

    /** Does the work, and says what it did. */
    StepResult run(RunContext context, String runId);
}
