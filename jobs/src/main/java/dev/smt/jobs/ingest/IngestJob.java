package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.col;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.ContractConfiguration.Breach;
import dev.smt.jobs.ingest.FleetConfiguration.Grid;
import dev.smt.jobs.ingest.FleetConfiguration.Table;
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
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * From raw logs to encoded examples per pipeline, and the fleet. Everything is checked before anything is written: the
 * expressions against the columns, then the rows by one count of all pipelines. Then one Spark job encodes the
 * pipelines that models use; a version that is there already, undamaged, is kept.
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
        return checked(configuration, plan -> {
            List<DataCheck> checks = new ArrayList<>(plan.contract().checks());
            List<PipelineManifest> pipelines = encode(configuration.input(), plan, warehouse, checks);
            List<String> report = new ArrayList<>(DataReport.lines(pipelines, plan.fleet()));
            report.addAll(DataReport.contract(checks));
            return new IngestResult(
                    pipelines, plan.fleet(), checks, plan.contract().quarantined(), report);
        });
    }

    /**
     * The models, after all the checks of {@link #run}; writes nothing.
     *
     * @throws InvalidInputException with all problems
     */
    public List<FleetModel> validate(IngestConfiguration configuration) {
        return checked(configuration, Plan::fleet);
    }

    /**
     * The models; the logs are read only where the models are a grid over them.
     *
     * @throws InvalidInputException with all problems
     */
    public List<FleetModel> fleet(IngestConfiguration configuration) {
        if (configuration.fleet().models() instanceof Table table) {
            ConfigProblems problems = new ConfigProblems();
            List<FleetModel> models =
                    named("fleet", () -> new FleetTable(spark, configuration, problems).of(table.source()));
            problems.throwIfAny();
            return models;
        }
        return validate(configuration);
    }

    /** What is known before anything is written: the cells' counts, the models, the rows with their split, the rows' checks. */
    private record Plan(List<Cell> cells, List<FleetModel> fleet, Dataset<Row> examples, DataContract contract) {}

    private <T> T checked(IngestConfiguration configuration, Function<Plan, T> use) {
        return named("input", () -> {
            ConfigProblems problems = new ConfigProblems();
            Optional<Dataset<Row>> raw = new RawRows(spark, problems).read(configuration.input());
            raw.ifPresent(rows ->
                    ExpressionChecks.check(spark, rows.drop(RawRows.ROW_HASH).schema(), configuration, problems));
            if (configuration.fleet().models() instanceof Table table) {
                new FleetTable(spark, configuration, problems).open(table.source());
            }
            problems.throwIfAny();
            DataContract contract = new DataContract(configuration.input());
            Dataset<Row> good = contract.keep(raw.orElseThrow(), problems);
            problems.throwIfAny();
            return counted(configuration, good, contract, use);
        });
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

    private <T> T counted(
            IngestConfiguration configuration, Dataset<Row> raw, DataContract contract, Function<Plan, T> use) {
        Dataset<Row> examples = ExampleColumns.select(raw, configuration).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            TimeBounds bounds = TimeBounds.of(configuration.input().split(), examples);
            Dataset<Row> split = examples.withColumn(ExampleColumns.SPLIT, bounds.split());
            ConfigProblems problems = new ConfigProblems();
            List<Cell> cells = new CellCounts(configuration, problems).of(split);
            List<FleetModel> fleet = fleet(configuration, cells, raw, problems);
            problems.throwIfAny();
            return use.apply(new Plan(cells, fleet, split, contract));
        } finally {
            examples.unpersist();
        }
    }

    private List<FleetModel> fleet(
            IngestConfiguration configuration, List<Cell> cells, Dataset<Row> raw, ConfigProblems problems) {
        FleetChecks checks = new FleetChecks(configuration, cells, problems);
        if (!checks.rows()) {
            return List.of();
        }
        List<FleetModel> fleet;
        if (configuration.fleet().models() instanceof Table table) {
            fleet = new FleetTable(spark, configuration, problems).of(table.source());
        } else {
            Grid grid = (Grid) configuration.fleet().models();
            fleet = new FleetGrid(spark, configuration, problems)
                    .of(
                            grid,
                            cells,
                            ExampleColumns.derived(raw, configuration.input()).schema());
        }
        checks.models(fleet);
        return fleet;
    }

    /** @param checks is given what the drift from the versions before is */
    private List<PipelineManifest> encode(
            InputConfiguration input, Plan plan, String warehouse, List<DataCheck> checks) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        EncodedStore store = new EncodedStore(warehouse, hadoop);
        Set<String> used =
                new TreeSet<>(plan.fleet().stream().map(FleetModel::pipeline).toList());
        Map<String, String> versions = new LinkedHashMap<>();
        plan.cells().stream()
                .filter(cell -> used.contains(cell.pipeline()))
                .forEach(cell -> versions.put(cell.pipeline(), DataVersion.of(input, cell)));
        List<PipelineManifest> manifests = new ArrayList<>();
        for (String pipeline : WholeVersions.of(spark, warehouse, versions)) {
            manifests.add(store.manifest(pipeline, versions.remove(pipeline)));
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
            InputConfiguration input, Map<String, String> versions, Dataset<Row> examples, EncodedStore store) {
        String staging = store.newStaging();
        try {
            Configuration hadoop = spark.sparkContext().hadoopConfiguration();
            MapPartitionsFunction<Row, String> task =
                    new EncodeTask(input, versions, staging, new SerializableConfiguration(hadoop));
            Column[] columns =
                    EncodeTask.columns(input).stream().map(name -> col(name)).toArray(Column[]::new);
            List<PipelineManifest> manifests = examples
                    .where(col(ExampleColumns.PIPELINE).isInCollection(versions.keySet()))
                    .select(columns)
                    .repartition(versions.size(), col(ExampleColumns.PIPELINE))
                    .sortWithinPartitions(
                            ExampleColumns.PIPELINE, ExampleColumns.SPLIT, ExampleColumns.TIME, RawRows.ROW_HASH)
                    .mapPartitions(task, Encoders.STRING())
                    .collectAsList()
                    .stream()
                    .map(ManifestJson::read)
                    .toList();
            store.publish(staging, manifests);
            return manifests;
        } finally {
            store.dropStaging(staging);
        }
    }
}
