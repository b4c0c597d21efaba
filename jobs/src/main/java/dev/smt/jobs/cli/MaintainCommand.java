package dev.smt.jobs.cli;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.Tables;
import dev.smt.jobs.table.Warehouse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smt maintain}. */
@Command(
        name = "maintain",
        mixinStandardHelpOptions = true,
        description =
                "Puts the many small files of each table together (OPTIMIZE), and deletes files that only versions"
                        + " older than the retention need (VACUUM). Studies may run meanwhile.",
        footer = {"", "Example, once a week:", "  smt maintain --conf conf/demo.conf"})
public final class MaintainCommand implements Callable<Integer> {
    private static final int WEEK = 168;

    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--retention-hours",
            paramLabel = "H",
            defaultValue = "168",
            description =
                    "Older versions can't be read any more afterwards (default: ${DEFAULT-VALUE}, a week; at least"
                            + " that, since a reader may still need them).")
    private int retention;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SmtConfiguration configuration = options.load();
        Settings settings = Settings.of(configuration);
        ConfigProblems problems = new ConfigProblems();
        if (retention < WEEK) {
            problems.add("--retention-hours", retention, WEEK + " or more");
        }
        problems.throwIfAny();
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.open(configuration, settings, out)) {
            Warehouse warehouse = session.context().warehouse();
            for (Table<?> table : Tables.all()) {
                if (warehouse.exists(table)) {
                    long before = warehouse.files(table);
                    warehouse.maintain(table, retention);
                    out.println(table.name() + ": " + before + " files, now " + warehouse.files(table));
                    out.flush();
                }
            }
        }
        return 0;
    }
}
