package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.experiment.ControlledJob;
import dev.smt.jobs.experiment.ControlledResult;
import dev.smt.jobs.experiment.ExperimentInput;
import dev.smt.jobs.experiment.ExperimentReport;
import dev.smt.jobs.experiment.ExperimentRows;
import dev.smt.jobs.experiment.ExperimentStep;
import dev.smt.jobs.experiment.LoggedJob;
import dev.smt.jobs.experiment.LoggedResult;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.ExperimentRow;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smt ab}: what a change did online; the only command that works without a configuration and reads data. */
@Command(
        name = "ab",
        mixinStandardHelpOptions = true,
        description = {
            "Says what a change did online, with intervals: the lift of an A/B test, or with --logged what another policy"
                    + " would have earned, from the log of one that chose with known probabilities.",
            "COLUMN is a column of the input or an expression in Spark SQL."
        },
        footer = {
            "",
            "Examples:",
            "  smt ab --input clicks.csv --unit user --arm arm --metric click --covariate clicks_before --control A",
            "  smt ab --logged --input log.csv --action item --reward click --propensity p --target-propensity \"1 / 34\""
        })
public final class AbCommand implements Callable<Integer> {
    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE_OR_TABLE",
            description = "Parquet, CSV, JSON or Delta: a file, folder or pattern; or a table of Spark's catalog.")
    private String input;

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            description = "parquet, csv, json or delta, where the name of the input doesn't say it.")
    private Optional<String> inputFormat;

    @Mixin
    private ExperimentOptions asked;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, in words).")
    private RowFormat format;

    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Also keeps the results in the table experiments of this configuration's warehouse.")
    private Optional<File> file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets one key of the configuration.")
    private List<String> overrides = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<String> problems = new ArrayList<>(asked.problems());
        inputFormat
                .filter(name -> !ExperimentInput.FORMATS.contains(name))
                .ifPresent(name -> problems.add(
                        "--input-format is \"" + name + "\"; allowed: " + String.join(", ", ExperimentInput.FORMATS)));
        if (file.isEmpty() && !overrides.isEmpty()) {
            problems.add("--set is given without --conf; it sets keys of the configuration");
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        if (file.isPresent()) {
            keep(SmtConfiguration.load(file.get(), overrides));
        } else {
            try (SparkSession spark = Session.spark(Map.of())) {
                evaluate(spark);
            }
        }
        return 0;
    }

    private void keep(SmtConfiguration configuration) {
        Settings settings = Settings.of(configuration);
        // Progress goes to the errors: the output is the results only.
        try (Session session =
                Session.open(configuration, settings, spec.commandLine().getErr())) {
            Function<String, List<ExperimentRow>> rows =
                    evaluate(session.context().spark());
            new StepRunner(session.context(), Smt.VERSION).run(new ExperimentStep(rows));
        }
    }

    /** Prints the results; they are returned by the id of the run that will keep them. */
    private Function<String, List<ExperimentRow>> evaluate(SparkSession spark) {
        Dataset<Row> table = new ExperimentInput(spark).read(input, inputFormat);
        Function<String, List<ExperimentRow>> results;
        if (asked.logged()) {
            List<LoggedResult> logs = new LoggedJob(asked.loggedQuery()).run(table);
            results = runId -> new ExperimentRows(runId, input, asked.metric()).logged(logs, asked.level());
        } else {
            List<ControlledResult> experiments = new ControlledJob(asked.controlledQuery()).run(table);
            results = runId -> new ExperimentRows(runId, input, asked.metric()).controlled(experiments);
        }
        print(spark, results.apply(""));
        return results;
    }

    private void print(SparkSession spark, List<ExperimentRow> rows) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == RowFormat.table) {
            new ExperimentReport(rows, asked.level()).lines().forEach(out::println);
        } else {
            List<Row> cells = rows.stream().map(ExperimentRow.TABLE::toRow).toList();
            format.print(
                    spark.createDataFrame(cells, ExperimentRow.TABLE.schema()).drop("run_id"), out);
        }
        out.flush();
    }
}
