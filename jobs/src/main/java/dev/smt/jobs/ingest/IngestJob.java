package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.col;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.ContractConfiguration.Breach;
import dev.smt.jobs.ingest.FleetConfiguration.Table;
import dev.smt.jobs.ingest.PipelineManifest.TrainingRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * From raw logs to encoded examples per pipeline, and the fleet. Everything is checked before anything is written, by {@link
 * IngestPlanner}. Then one Spark job encodes the pipelines that models use; a version that is there already, undamaged, is kept.
 */
public final class IngestJob {
    private final SparkSession spark;

    public IngestJob(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Writes the encoded examples under {@code warehouse}.
     *
     * @throws InvalidInputException with all problems; then nothing is written
     */
    public IngestResult run(IngestConfiguration configuration, String warehouse) {
        EncodedStore store = new EncodedStore(warehouse, spark.sparkContext().hadoopConfiguration());
        List<String> report = new ArrayList<>();
        Optional<EarlierTraining> earlier =
                configuration.input().incremental() ? earlier(configuration, store, report) : Optional.empty();
        return checked(configuration, earlier, plan -> {
            List<DataCheck> checks = new ArrayList<>(plan.contract().checks());
            List<PipelineManifest> pipelines = encode(configuration, plan, store, checks);
            report.addAll(plan.report());
            report.addAll(DataReport.lines(pipelines, plan.fleet()));
            report.addAll(DataReport.contract(checks));
            return new IngestResult(
                    pipelines, plan.fleet(), checks, plan.contract().quarantined(), report);
        });
    }

    /** The training rows that can be kept; else the report says why none can be. */
    private Optional<EarlierTraining> earlier(
            IngestConfiguration configuration, EncodedStore store, List<String> report) {
        EarlierTraining.Found found = EarlierTraining.in(store, configuration);
        String why = found.why();
        if (found.rows().isPresent()) {
            EarlierTraining rows = found.rows().get();
            if (TimeBounds.mayKeep(configuration.input().split(), rows)) {
                List<String> whole = WholeVersions.of(spark, store.warehouse(), rows.versions());
                if (!whole.isEmpty()) {
                    return Optional.of(rows.of(whole));
                }
                why = "files that would be kept are damaged or missing";
            } else {
                why = "training rows would become validation rows";
            }
        }
        report.add("incremental: all rows are encoded, because " + why);
        return Optional.empty();
    }

    /**
     * The models, after all the checks of {@link #run}; writes nothing.
     *
     * @throws InvalidInputException with all problems
     */
    public List<FleetModel> validate(IngestConfiguration configuration) {
        return checked(configuration, Optional.empty(), IngestPlan::fleet);
    }

    /**
     * The models; the logs are read only where the models are a grid over them.
     *
     * @throws InvalidInputException with all problems
     */
    public List<FleetModel> fleet(IngestConfiguration configuration) {
        if (configuration.fleet().models() instanceof Table table) {
            return named("fleet", () -> new IngestPlanner(spark, configuration).models(table));
        }
        return validate(configuration);
    }

    private <T> T checked(
            IngestConfiguration configuration, Optional<EarlierTraining> earlier, Function<IngestPlan, T> use) {
        return named("input", () -> use.apply(new IngestPlanner(spark, configuration).plan(earlier)));
    }

    /** Errors of the user's data or SQL become problems of the named section. */
    private static <T> T named(String section, Supplier<T> work) {
        try {
            return work.get();
        } catch (Exception failure) {
            if (!(failure instanceof InvalidInputException)) {
                SqlFailure.ofUser(failure).ifPresent(line -> {
                    throw new InvalidInputException(section + ": " + line);
                });
            }
            throw failure;
        }
    }

    /** @param checks is given what the drift from the versions before is */
    private List<PipelineManifest> encode(
            IngestConfiguration configuration, IngestPlan plan, EncodedStore store, List<DataCheck> checks) {
        InputConfiguration input = configuration.input();
        String settings = input.settings(configuration.pipelines());
        Set<String> used =
                new TreeSet<>(plan.fleet().stream().map(FleetModel::pipeline).toList());
        Map<String, EncodeTask.Version> versions = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (Cell cell : plan.cells()) {
            if (used.contains(cell.pipeline())) {
                TrainingRows training = new TrainingRows(
                        plan.trainingUntil(), cell.splits().get(Split.TRAIN).fingerprint(), settings);
                Optional<PipelineManifest> kept =
                        plan.earlier().map(rows -> rows.pipelines().get(cell.pipeline()));
                names.put(cell.pipeline(), DataVersion.of(input, cell));
                versions.put(cell.pipeline(), new EncodeTask.Version(names.get(cell.pipeline()), training, kept));
            }
        }
        List<PipelineManifest> manifests = new ArrayList<>();
        for (String pipeline : WholeVersions.of(spark, store.warehouse(), names)) {
            PipelineManifest there = store.manifest(pipeline, names.get(pipeline));
            // What earlier programs encoded does not say what an incremental ingest needs: it is encoded anew, once.
            if (there.training().isPresent()) {
                manifests.add(there);
                versions.remove(pipeline);
            }
        }
        if (!versions.isEmpty()) {
            manifests.addAll(encodeNew(input, versions, plan.examples(), store));
        }
        checks.addAll(drift(input, store, manifests));
        store.makeCurrent(manifests);
        manifests.sort(Comparator.comparing(PipelineManifest::pipeline));
        return manifests;
    }

    /** @throws InvalidInputException where the data has moved too far, and that ends the step */
    private static List<DataCheck> drift(
            InputConfiguration input, EncodedStore store, List<PipelineManifest> manifests) {
        Map<String, PipelineManifest> before = new LinkedHashMap<>();
        store.manifests().forEach(manifest -> before.put(manifest.pipeline(), manifest));
        List<DataCheck> checks = manifests.stream()
                .filter(manifest -> before.containsKey(manifest.pipeline()))
                .flatMap(manifest -> DataDrift.of(before.get(manifest.pipeline()), manifest, input).stream())
                .toList();
        if (input.contract().drift().breach() == Breach.STOP) {
            ConfigProblems problems = new ConfigProblems();
            checks.stream()
                    .filter(check -> !check.held())
                    .forEach(check -> problems.add("input.contract.drift: " + DataReport.line(check)));
            problems.throwIfAny();
        }
        return checks;
    }

    private List<PipelineManifest> encodeNew(
            InputConfiguration input,
            Map<String, EncodeTask.Version> versions,
            Dataset<Row> examples,
            EncodedStore store) {
        String staging = store.newStaging();
        try {
            Configuration hadoop = spark.sparkContext().hadoopConfiguration();
            EncodeTask task = new EncodeTask(
                    input,
                    examples.schema(),
                    versions,
                    store.warehouse(),
                    staging,
                    new SerializableConfiguration(hadoop));
            Column[] columns =
                    EncodeTask.columns(input).stream().map(name -> col(name)).toArray(Column[]::new);
            // Splits are ranges of time.
            Dataset<Row> sorted = examples.where(col(ExampleColumns.PIPELINE).isInCollection(versions.keySet()))
                    .select(columns)
                    .sortWithinPartitions(ExampleColumns.PIPELINE, ExampleColumns.TIME, RawRows.ROW_HASH);
            List<PipelineManifest> manifests = ShuffledRows.binary(sorted).mapPartitions(task).collect().stream()
                    .map(ManifestJson::read)
                    .toList();
            store.publish(staging, manifests);
            return manifests;
        } finally {
            store.dropStaging(staging);
        }
    }
}
