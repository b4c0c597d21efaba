package dev.smt.jobs.cli;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.EffortRow;
import dev.smt.jobs.table.StudyCycleRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smt effort}. */
@Command(
        name = "effort",
        mixinStandardHelpOptions = true,
        description =
                "Enters hours that people worked on models; the view v_effort says what templates save per model.",
        footer = {
            "",
            "Examples:",
            "  smt effort --conf conf/demo.conf --way fragmented --stage training --hours 30 --models 2",
            "  smt effort --conf conf/demo.conf --way templates --stage training --hours 12 --models 24 --cycle 1",
            "  smt sql --conf conf/demo.conf \"SELECT * FROM v_effort\""
        })
public final class EffortCommand extends WarehouseCommand {
    private static final List<String> WAYS = List.of(StudyCycleRow.TEMPLATES, StudyCycleRow.FRAGMENTED);

    @Option(names = "--way", required = true, paramLabel = "WAY", description = "templates or fragmented.")
    private String way;

    @Option(
            names = "--stage",
            required = true,
            paramLabel = "STAGE",
            description = "data-preparation (not counted), data-refresh, features, architecture, training, serving,"
                    + " techniques or other.")
    private String stage;

    @Option(names = "--hours", required = true, paramLabel = "H", description = "Hours of people.")
    private double hours;

    @Option(names = "--models", required = true, paramLabel = "N", description = "Model iterations that they served.")
    private int models;

    @Option(names = "--cycle", paramLabel = "N", description = "Number of the cycle.")
    private Optional<Integer> cycle = Optional.empty();

    @Option(names = "--note", paramLabel = "TEXT", description = "Anything worth knowing.")
    private Optional<String> note = Optional.empty();

    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        EffortRow row = new EffortRow(
                "effort-" + UUID.randomUUID(),
                context.clock().instant(),
                way,
                cycle.map(OptionalInt::of).orElse(OptionalInt.empty()),
                stage,
                hours,
                models,
                note);
        context.warehouse().append(EffortRow.TABLE, List.of(row));
        context.progress()
                .say("entered " + hours + " hours for " + models + " model iterations; table written: effort");
    }

    @Override
    void check(Settings settings) {
        ConfigProblems problems = new ConfigProblems();
        if (!WAYS.contains(way)) {
            problems.add("--way", way, String.join(", ", WAYS));
        }
        if (!EffortRow.STAGES.contains(stage)) {
            problems.add("--stage", stage, String.join(", ", EffortRow.STAGES));
        }
        if (!(hours >= 0) || Double.isInfinite(hours)) {
            problems.add("--hours", hours, "a number of 0 or more");
        }
        if (models < 1) {
            problems.add("--models", models, "1 or more");
        }
        if (cycle.isPresent() && cycle.get() < 1) {
            problems.add("--cycle", cycle.get(), "1 or more");
        }
        problems.throwIfAny();
    }
}
