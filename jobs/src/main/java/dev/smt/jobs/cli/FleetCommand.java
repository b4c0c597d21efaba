package dev.smt.jobs.cli;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.coverage.CoverageChart;
import dev.smt.jobs.coverage.CoverageDrawing;
import dev.smt.jobs.coverage.FleetCoverage;
import dev.smt.jobs.coverage.FleetSummary;
import dev.smt.jobs.ingest.IngestJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smt fleet validate|coverage}. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = "The models of the fleet.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FleetCommand.Validate.class, FleetCommand.Coverage.class},
        footer = {
            "",
            "Examples:",
            "  smt fleet validate --conf conf/demo.conf",
            "  smt fleet coverage --conf conf/demo.conf"
        })
public final class FleetCommand {

    /** A command that reads the fleet that is configured, and writes nothing into the warehouse. */
    private abstract static class FleetReader implements Callable<Integer> {
        @Mixin
        private ConfigurationOptions options;

        @Spec
        private CommandSpec spec;

        abstract List<FleetModel> models(IngestJob job, Settings settings);

        abstract void print(List<FleetModel> models, Settings settings, PrintWriter out);

        @Override
        public final Integer call() throws IOException {
            SmtConfiguration configuration = options.load();
            Settings settings = Settings.of(configuration);
            PrintWriter out = spec.commandLine().getOut();
            try (SparkSession spark = Session.spark(settings.spark())) {
                print(models(new IngestJob(spark), settings), settings, out);
            }
            out.flush();
            return 0;
        }
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Checks the configuration, the logs and the fleet as ingest does, and writes nothing.",
            footer = {
                "",
                "Examples:",
                "  smt fleet validate --conf conf/demo.conf",
                "  smt fleet validate --conf conf/demo.conf --format json"
            })
    static final class Validate extends FleetReader {
        @Mixin
        private FormatOption format;

        @Override
        List<FleetModel> models(IngestJob job, Settings settings) {
            return job.validate(settings.ingest());
        }

        @Override
        void print(List<FleetModel> models, Settings settings, PrintWriter out) {
            format.print(() -> rows(models), () -> FleetSummary.lines(models).forEach(out::println), out);
        }
    }

    /** The models, by the names of the columns of {@code fleet_models}. */
    private static TextRows rows(List<FleetModel> models) {
        TextRows.Builder rows = TextRows.of(
                "model_id",
                "label",
                "pipeline",
                "ranking_stage",
                "event",
                "surface",
                "data_constraint",
                "hardware",
                "flops",
                "weight",
                "template",
                "baseline");
        for (FleetModel model : models) {
            rows.add(
                    model.id(),
                    model.label(),
                    model.pipeline(),
                    model.stage().label(),
                    model.event(),
                    model.surface(),
                    model.dataConstraint(),
                    model.hardware(),
                    model.flops(),
                    model.weight(),
                    model.template(),
                    model.baseline());
        }
        return rows.rows();
    }

    @Command(
            name = "coverage",
            mixinStandardHelpOptions = true,
            description = "Says which template serves each model, by stage, FLOPs and hardware (section coverage).",
            footer = {
                "",
                "Examples:",
                "  smt fleet coverage --conf conf/demo.conf --output bands.svg",
                "  smt fleet coverage --conf conf/demo.conf --format csv"
            })
    static final class Coverage extends FleetReader {
        /** How the coverage is printed. */
        enum Format {
            chart,
            csv,
            json
        }

        @Option(
                names = "--format",
                defaultValue = "chart",
                description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private Format format;

        @Option(names = "--output", paramLabel = "FILE", description = "Draws the bands into this SVG file, too.")
        private Optional<Path> output;

        @Override
        List<FleetModel> models(IngestJob job, Settings settings) {
            return job.fleet(settings.ingest());
        }

        @Override
        void print(List<FleetModel> models, Settings settings, PrintWriter out) {
            FleetCoverage coverage = FleetCoverage.of(settings.ingest().coverage(), models);
            output.ifPresent(file -> write(file, CoverageDrawing.svg(coverage)));
            if (format != Format.chart) {
                (format == Format.csv ? RowFormat.csv : RowFormat.json).print(rows(coverage), out);
            } else {
                CoverageChart.lines(coverage).forEach(out::println);
                output.ifPresent(file -> out.println("drawn in " + file));
            }
        }

        private static TextRows rows(FleetCoverage coverage) {
            TextRows.Builder rows = TextRows.of(
                    "model_id", "ranking_stage", "hardware", "flops", "configured_template", "template", "reason");
            for (FleetCoverage.Assignment assignment : coverage.assignments()) {
                FleetModel model = assignment.model();
                rows.add(
                        model.id(),
                        model.stage().label(),
                        model.hardware(),
                        model.flops(),
                        model.template(),
                        assignment.template(),
                        assignment.reason());
            }
            return rows.rows();
        }
    }

    /** Writes a file that the user named. */
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new InvalidInputException("--output is \"" + file + "\", which can't be written ("
                    + failure.getClass().getSimpleName() + "); allowed: a file in a folder that you may write to");
        }
    }
}
