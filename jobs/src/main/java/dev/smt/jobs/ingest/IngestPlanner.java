package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.col;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.FleetConfiguration.Grid;
import dev.smt.jobs.ingest.FleetConfiguration.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Checks everything before anything is written: the expressions against the columns, without reading rows, then the rows by one count of
 * all pipelines, then the models.
 */
final class IngestPlanner {
    private final SparkSession spark;
    private final IngestConfiguration configuration;

    IngestPlanner(SparkSession spark, IngestConfiguration configuration) {
        this.spark = spark;
        this.configuration = configuration;
    }

    /**
     * Reads and counts.
     *
     * @param earlier rows that are kept; then only later ones are read, and all rows of the pipelines that have none
     * @throws InvalidInputException with all problems
     */
    IngestPlan plan(Optional<EarlierTraining> earlier) {
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
        return counted(good, contract, earlier);
    }

    /** Rows with their split, and their counts. */
    private record Counted(Dataset<Row> rows, List<Cell> cells) {}

    private IngestPlan counted(Dataset<Row> raw, DataContract contract, Optional<EarlierTraining> earlier) {
        ShuffledRows examples =
                shuffled(ExampleColumns.select(raw, configuration, earlier.map(EarlierTraining::until)));
        TimeBounds bounds =
                TimeBounds.of(configuration.input().split(), examples.table(), earlier.map(EarlierTraining::firstTime));
        List<String> report = new ArrayList<>();
        Counted counted = counted(examples, bounds);
        if (earlier.isPresent()) {
            counted = withKept(counted, earlier.get(), raw, bounds, report);
        }
        ConfigProblems problems = new ConfigProblems();
        List<FleetModel> fleet = fleet(counted.cells(), raw, problems, report);
        problems.throwIfAny();
        return new IngestPlan(
                counted.cells(), fleet, counted.rows(), contract, earlier, bounds.validationFrom(), report);
    }

    private Counted counted(ShuffledRows examples, TimeBounds bounds) {
        ConfigProblems problems = new ConfigProblems();
        List<Cell> cells = new CellCounts(configuration, problems).of(examples, bounds);
        problems.throwIfAny();
        return new Counted(examples.table().withColumn(ExampleColumns.SPLIT, bounds.split()), cells);
    }

    private static ShuffledRows shuffled(Dataset<Row> examples) {
        return ShuffledRows.by(ExampleColumns.PIPELINE, examples);
    }

    /** Adds the kept rows, and all rows of pipelines that models need and that have no kept ones. */
    private Counted withKept(
            Counted read, EarlierTraining kept, Dataset<Row> raw, TimeBounds bounds, List<String> report) {
        List<Cell> cells = kept.with(read.cells());
        report.add(kept.report(cells));
        Set<String> others = needed(read.cells());
        others.removeAll(kept.pipelines().keySet());
        if (others.isEmpty()) {
            return new Counted(read.rows(), cells);
        }
        report.add("incremental: encoded from all their rows, because they are new or their kept rows can't be used: "
                + FleetChecks.firstOf(others));
        Counted all = counted(
                shuffled(ExampleColumns.select(raw, configuration, Optional.empty())
                        .where(col(ExampleColumns.PIPELINE).isInCollection(others))),
                bounds);
        cells.addAll(all.cells());
        Dataset<Row> later = read.rows()
                .where(col(ExampleColumns.PIPELINE)
                        .isInCollection(kept.pipelines().keySet()));
        return new Counted(later.unionAll(all.rows()), cells);
    }

    /** The pipelines of which a table has models, or of which the rows that were read are enough for a grid's. */
    private Set<String> needed(List<Cell> read) {
        if (configuration.fleet().models() instanceof Grid grid) {
            return new FleetGrid(spark, configuration, new ConfigProblems()).pipelines(grid, read);
        }
        Set<String> there = read.stream().map(Cell::pipeline).collect(Collectors.toSet());
        return models((Table) configuration.fleet().models()).stream()
                .map(FleetModel::pipeline)
                .filter(there::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The models that a table lists.
     *
     * @throws InvalidInputException with all problems of the table
     */
    List<FleetModel> models(Table table) {
        ConfigProblems problems = new ConfigProblems();
        List<FleetModel> models = new FleetTable(spark, configuration, problems).of(table.source());
        problems.throwIfAny();
        return models;
    }

    private List<FleetModel> fleet(List<Cell> cells, Dataset<Row> raw, ConfigProblems problems, List<String> report) {
        FleetChecks checks = new FleetChecks(configuration, cells, problems);
        if (!checks.rows()) {
            return List.of();
        }
        List<FleetModel> fleet;
        if (configuration.fleet().models() instanceof Table table) {
            fleet = new FleetTable(spark, configuration, problems).of(table.source());
        } else {
            Grid grid = (Grid) configuration.fleet().models();
            FleetGrid models = new FleetGrid(spark, configuration, problems);
            report.addAll(models.leftOut(grid, cells));
            fleet = models.of(
                    grid,
                    cells,
                    ExampleColumns.derived(raw, configuration.input()).schema());
        }
        checks.models(fleet);
        return fleet;
    }
}
