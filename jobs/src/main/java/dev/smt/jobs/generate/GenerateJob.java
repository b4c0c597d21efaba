package dev.smt.jobs.generate;

import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Writes a synthetic ad world: {@code events} and {@code fleet} as Parquet, {@code ingest.conf} with the sections that
 * read them, and {@code truth}. Rows are made in Spark tasks, each by its index alone, so that the rows are the same
 * whatever the number of tasks. The truth is written last and marks a complete world.
 */
public final class GenerateJob {
    private static final long ROWS_PER_PARTITION = 1_000_000;
    private static final List<String> PARTS = List.of("truth", "events", "probabilities", "fleet", "ingest.conf");

    private final GenerateConfiguration configuration;

    /**
     * What was written.
     *
     * @param output folder
     * @param parts of it that were written
     */
    public record Result(String output, long rows, int models, int clusters, int pipelines, List<String> parts) {}

    /** A row of a table, made of an impression. */
    private interface RowMaker extends Function<Impression, Row>, Serializable {}

    public GenerateJob(GenerateConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Whether the folder holds exactly this configuration's world, complete: writing it again would change nothing. */
    public boolean isDone(Configuration hadoop, String output) throws IOException {
        TruthFiles files = new TruthFiles(output, hadoop);
        return files.exist()
                && TruthFiles.toJson(files.readWorld()).equals(TruthFiles.toJson(PlantedTruth.world(configuration)));
    }

    /**
     * Writes the world.
     *
     * @param output a folder on any Hadoop file system: missing, empty, or an earlier world where the configuration says
     *     overwrite
     * @throws InvalidInputException when the folder can't be used
     */
    public Result run(SparkSession spark, String output) throws IOException {
        prepare(spark, output);
        AdWorld world = new AdWorld(configuration);
        Dataset<Long> indices =
                spark.range(0, configuration.rows(), 1, partitions(spark)).as(Encoders.LONG());
        writeEvents(indices, world, output);
        if (configuration.writeProbabilities()) {
            indices.mapPartitions(rows(world, EventTable::probabilityRow), Encoders.row(EventTable.probabilitySchema()))
                    .write()
                    .parquet(output + "/probabilities");
        }
        PlantedFleet fleet = PlantedFleet.of(configuration);
        spark.createDataFrame(FleetTable.rows(fleet), FleetTable.schema())
                .coalesce(1)
                .write()
                .parquet(output + "/fleet");
        IngestSections.write(configuration, output, spark.sparkContext().hadoopConfiguration());
        WorldTruth.Oracle oracle = oracle(indices, world);
        new TruthFiles(output, spark.sparkContext().hadoopConfiguration())
                .write(new PlantedTruth(configuration).with(oracle));
        return new Result(
                output,
                configuration.rows(),
                configuration.models(),
                configuration.clusters(),
                configuration.surfaces().size() * configuration.countries().size(),
                PARTS.stream()
                        .filter(part -> configuration.writeProbabilities() || !part.equals("probabilities"))
                        .sorted()
                        .toList());
    }

    private int partitions(SparkSession spark) {
        if (configuration.partitions() > 0) {
            return configuration.partitions();
        }
        long enough = (configuration.rows() + ROWS_PER_PARTITION - 1) / ROWS_PER_PARTITION;
        return (int) Math.max(enough, spark.sparkContext().defaultParallelism());
    }

    private void writeEvents(Dataset<Long> indices, AdWorld world, String output) {
        GenerateConfiguration settings = configuration;
        indices.mapPartitions(
                        rows(world, impression -> EventTable.row(settings, impression)),
                        Encoders.row(EventTable.schema(world.features())))
                .withColumn(EventTable.TIME, functions.expr("timestamp_micros(" + EventTable.TIME + ")"))
                .write()
                .parquet(output + "/events");
    }

    private WorldTruth.Oracle oracle(Dataset<Long> indices, AdWorld world) {
        GenerateConfiguration settings = configuration;
        return indices.toJavaRDD()
                .mapPartitions(partition -> {
                    OracleSums sums = new OracleSums(settings);
                    Impression impression = world.newImpression();
                    partition.forEachRemaining(row -> {
                        world.fill(row, impression);
                        sums.add(impression);
                    });
                    return List.of(sums).iterator();
                })
                .treeReduce(OracleSums::merge)
                .oracle(configuration);
    }

    private static MapPartitionsFunction<Long, Row> rows(AdWorld world, RowMaker maker) {
        return partition -> {
            Impression impression = world.newImpression();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return partition.hasNext();
                }

                @Override
                public Row next() {
                    world.fill(partition.next(), impression);
                    return maker.apply(impression);
                }
            };
        };
    }

    /** Refuses a folder that is in use, removes an earlier world where asked to, and sees that the folder can be written. */
    private void prepare(SparkSession spark, String output) {
        Path folder = new Path(output);
        try {
            FileSystem fileSystem = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
            boolean used = fileSystem.exists(folder) && fileSystem.listStatus(folder).length > 0;
            if (used && !configuration.overwrite()) {
                throw new InvalidInputException(
                        "the output folder " + output + " is not empty; name another one, or set"
                                + " generate.overwrite = true to replace the world in it");
            }
            for (String part : PARTS) {
                fileSystem.delete(new Path(folder, part), true);
            }
            if (!fileSystem.mkdirs(new Path(folder, "truth"))) {
                throw new IOException("no permission to create folders in it");
            }
        } catch (IOException failure) {
            throw new InvalidInputException("the output folder " + output + " can't be written: " + failure.getMessage()
                    + "; name another one, or mend its permissions");
        }
    }
}
