package dev.smt.jobs.cli;

import dev.smt.jobs.config.ConfigSection;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.generate.GenerateConfiguration;
import dev.smt.jobs.generate.GenerateJob;
import dev.smt.jobs.run.Progress;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code smt generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes a synthetic ad world into the folder of the key data, with its planted truth.",
        footer = {
            "",
            "Examples:",
            "  smt generate --conf conf/demo.conf",
            "  smt generate --conf conf/demo.conf --set generate.rows=20000 --set data=/tmp/small-world"
        })
public final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SmtConfiguration configuration = options.load();
        World world = configuration.read(World::read);
        Progress progress = new Progress(spec.commandLine().getOut(), System.console() != null, Clock.systemUTC());
        try (SparkSession spark = Session.spark(world.spark())) {
            generate(spark, progress, world.data(), world.world());
        }
        return 0;
    }

    /** What this command reads of a configuration; the sections of the steps may be there, or not yet. */
    private record World(String data, GenerateConfiguration world, Map<String, String> spark) {
        static World read(ConfigSection root) {
            root.acceptAll();
            return new World(
                    root.string("data"),
                    GenerateConfiguration.read(root.section("generate")),
                    root.flatStrings("spark"));
        }
    }

    /** Writes the world, unless this very world is there. */
    static void generate(SparkSession spark, Progress progress, String data, GenerateConfiguration world)
            throws IOException {
        GenerateJob job = new GenerateJob(world);
        if (job.isDone(spark.sparkContext().hadoopConfiguration(), data)) {
            progress.say("generate: this world is already in " + data);
            return;
        }
        long start = System.nanoTime();
        GenerateJob.Result result = job.run(spark, data);
        progress.say("generate: " + result.rows() + " rows, " + result.models() + " models in " + result.clusters()
                + " clusters, " + result.pipelines() + " pipelines, in "
                + Progress.span((System.nanoTime() - start) / 1e9) + "; written to " + result.output());
    }
}
