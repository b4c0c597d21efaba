package dev.smt.jobs.table;

import java.time.Instant;
import java.util.Optional;

/** One run of one command or step: table {@code runs}. */
public record RunRow(
        @Column("identifies the run") String runId,
        @Column("the command or step") String command,
        @Column("hash of the step's inputs and configuration; a finished run with the same key is not run again")
                String stepKey,
        @Column("the resolved configuration, JSON") String config,
        @Column("version of this program") String codeVersion,
        @Column("what it read: run ids of earlier steps and data versions, JSON") String inputVersions,
        @Column("what later steps need to know of it, JSON") String outputs,
        @Column("start") Instant startedAt,
        @Column("end; the start until it has ended") Instant finishedAt,
        @Column("RUNNING, DONE or FAILED") String status,
        @Column("why it failed") Optional<String> error) {
    public static final Table<RunRow> TABLE = Table.of("runs", RunRow.class, "run_id");
    public static final String RUNNING = "RUNNING";
    public static final String DONE = "DONE";
    public static final String FAILED = "FAILED";

    /** The same run, ended. */
    public RunRow ended(Instant at, String newStatus, String newInputs, String newOutputs, Optional<String> newError) {
        return new RunRow(
                runId,
                command,
                stepKey,
                config,
                codeVersion,
                newInputs,
                newOutputs,
                startedAt,
                at,
                newStatus,
                newError);
    }
}
