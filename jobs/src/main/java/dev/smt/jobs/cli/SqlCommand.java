package dev.smt.jobs.cli;

import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.ReadOnlyQuery;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code smt sql "SELECT ..."}: reads the result tables by their names. */
@CommandLine.Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Runs a query over the result tables and views, by their names. It can't change them.",
        footer = {
            "",
            "Examples:",
            "  smt sql --conf conf/demo.conf \"SELECT * FROM v_leaderboard\"",
            "  smt sql --conf conf/demo.conf --format json \"SELECT model_id, ne_delta FROM model_iterations\""
        })
public final class SqlCommand extends WarehouseCommand {
    @Mixin
    private FormatOption format;

    @Parameters(paramLabel = "QUERY", description = "A SELECT, such as \"SELECT * FROM v_leaderboard\".")
    private String query;

    @Override
    boolean printsData() {
        return true;
    }

    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        format.format().print(ReadOnlyQuery.rows(context.warehouse(), query), out);
    }
}
