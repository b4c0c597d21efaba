package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.scoring.ScoreStep;
import dev.smt.jobs.scoring.TrainStep;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands on single models: {@code smt train} and {@code smt score}. */
public final class ModelCommand {
    private ModelCommand() {}

    /** {@code smt train}. */
    @Command(
            name = "train",
            mixinStandardHelpOptions = true,
            description = "Trains a model from the template version that it runs, and exports it into a file.",
            footer = {
                "",
                "Example:",
                "  smt train --conf conf/demo.conf --model ranking-feed-us-click --output click.smtm"
            })
    public static final class Train extends WarehouseCommand {
        @Option(names = "--model", required = true, paramLabel = "ID", description = "A model of the fleet.")
        private String model;

        @Option(
                names = "--output",
                paramLabel = "FILE",
                description = "Copies the file to here; it also stays in the warehouse.")
        private Path output;

        @Override
        void run(RunContext context, Settings settings, PrintWriter out) {
            new StepRunner(context, Smt.VERSION)
                    .run(new TrainStep(model, settings.mmo().seed(), Smt.VERSION));
            if (output != null) {
                String file = context.outputs("train").get(TrainStep.FILE);
                TrainStep.store(context.warehouse())
                        .copy(file, output.toAbsolutePath().toUri().toString());
                out.println("copied to " + output);
            }
        }
    }

    /** {@code smt score}. */
    @Command(
            name = "score",
            mixinStandardHelpOptions = true,
            description = "Scores rows with exported models, and writes the table predictions. Trains nothing.",
            footer = {"", "Example:", "  smt score --conf conf/demo.conf --model ranking-feed-us-click --split test"})
    public static final class Score extends WarehouseCommand {
        @Option(
                names = "--model",
                required = true,
                paramLabel = "ID",
                description = "A model that was exported by train. May be given several times.")
        private List<String> models;

        @Option(
                names = "--split",
                paramLabel = "SPLIT",
                defaultValue = "test",
                description = "The rows: train, validation or test (default: ${DEFAULT-VALUE}).")
        private String split;

        @Override
        void run(RunContext context, Settings settings, PrintWriter out) {
            new StepRunner(context, Smt.VERSION).run(new ScoreStep(models, split()));
        }

        private Split split() {
            return Arrays.stream(Split.values())
                    .filter(value -> value.label().equals(split))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException("--split is \"" + split + "\"; allowed: "
                            + Arrays.stream(Split.values()).map(Split::label).collect(Collectors.joining(", "))));
        }
    }
}
