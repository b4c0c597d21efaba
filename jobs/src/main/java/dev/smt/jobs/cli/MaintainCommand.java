package dev.smt.jobs.cli;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.Tables;
import dev.smt.jobs.table.Warehouse;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smt maintain}. */
@Command(
        name = "maintain",
        mixinStandardHelpOptions = true,
        description =
                "Puts the many small files of each table together (OPTIMIZE), and deletes files that only versions"
                        + " older than the retention need (VACUUM). Studies may run meanwhile.",
        footer = {"", "Example, once a week:", "  smt maintain --conf conf/demo.conf"})
public final class MaintainCommand extends WarehouseCommand {
    private static final int WEEK = 168;

    @Option(
            names = "--retention-hours",
            paramLabel = "H",
            defaultValue = "168",
            description =
                    "Older versions can't be read any more afterwards (default: ${DEFAULT-VALUE}, a week; at least"
                            + " that, since a reader may still need them).")
    private int retention;

    @Override
    void check(Settings settings) {
        ConfigProblems problems = new ConfigProblems();
        if (retention < WEEK) {
            problems.add("--retention-hours", retention, WEEK + " or more");
        }
        problems.throwIfAny();
    }

    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        Warehouse warehouse = context.warehouse();
        for (Table<?> table : Tables.all()) {
            if (warehouse.exists(table)) {
                long before = warehouse.files(table);
                warehouse.maintain(table, retention);
                out.println(table.name() + ": " + before + " files, now " + warehouse.files(table));
                out.flush();
            }
        }
    }
}
