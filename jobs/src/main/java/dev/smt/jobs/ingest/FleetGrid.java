package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.expr;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.ingest.FleetConfiguration.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Makes a model of every label and pipeline with enough rows, and its attributes by SQL. */
final class FleetGrid {
    /** Attributes that are numbers; the others are texts. */
    static final Set<String> NUMBERS = Set.of("flops", "weight", "budget");

    private final SparkSession spark;
    private final IngestConfiguration configuration;
    private final FleetModels models;

    FleetGrid(SparkSession spark, IngestConfiguration configuration, ConfigProblems problems) {
        this.spark = spark;
        this.configuration = configuration;
        this.models = new FleetModels(configuration, problems);
    }

    /** The name by which later attributes read an attribute. */
    static String column(String attribute) {
        return attribute.replace('-', '_');
    }

    /** What the attributes' expressions read: label, pipeline, the pipelines' columns, rows and positives. */
    static StructType cellSchema(StructType input, List<String> by) {
        StructType schema = new StructType()
                .add("label", DataTypes.StringType)
                .add("pipeline", DataTypes.StringType)
                .add("rows", DataTypes.LongType)
                .add("positives", DataTypes.LongType);
        for (String column : by) {
            for (StructField field : input.fields()) {
                if (field.name().equalsIgnoreCase(column)) {
                    schema = schema.add(column, field.dataType());
                }
            }
        }
        return schema;
    }

    /** The models, by label in the order of the grid, then by pipeline. */
    List<FleetModel> of(Grid grid, List<Cell> cells, StructType input) {
        List<Row> rows = new ArrayList<>();
        for (String label : grid.labels()) {
            for (Cell cell : cells) {
                if (isEnough(grid, label, cell) && emptySplits(cell).isEmpty()) {
                    List<Object> values =
                            new ArrayList<>(List.of(label, cell.pipeline(), cell.rows(), cell.positives(index(label))));
                    values.addAll(cell.by());
                    rows.add(RowFactory.create(values.toArray()));
                }
            }
        }
        StructType schema = cellSchema(input, configuration.pipelines().byColumns());
        return models.of(
                withAttributes(grid, spark.createDataFrame(rows, schema)).collectAsList());
    }

    /** The pipelines with enough rows for a model. */
    Set<String> pipelines(Grid grid, List<Cell> cells) {
        return cells.stream()
                .filter(cell -> grid.labels().stream().anyMatch(label -> isEnough(grid, label, cell)))
                .map(Cell::pipeline)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the user is told of pipelines with enough rows and none in a split: one that has ended does not stop the others. */
    List<String> leftOut(Grid grid, List<Cell> cells) {
        Set<String> enough = pipelines(grid, cells);
        return cells.stream()
                .filter(cell -> enough.contains(cell.pipeline()))
                .filter(cell -> !emptySplits(cell).isEmpty())
                .map(cell -> "warning: pipeline " + cell.pipeline()
                        + " makes no model, because it has no rows in split " + String.join(", ", emptySplits(cell)))
                .toList();
    }

    /** Splits in which a pipeline has no rows. */
    static List<String> emptySplits(Cell cell) {
        return Stream.of(Split.values())
                .filter(split -> !cell.splits().containsKey(split))
                .map(Split::label)
                .toList();
    }

    private boolean isEnough(Grid grid, String label, Cell cell) {
        long positives = cell.positives(index(label));
        return cell.rows() >= grid.minRows()
                && positives >= grid.minPositives()
                && cell.rows() - positives >= grid.minNegatives();
    }

    private int index(String label) {
        return configuration.input().labelNames().indexOf(label);
    }

    private static Dataset<Row> withAttributes(Grid grid, Dataset<Row> cells) {
        Dataset<Row> table = cells;
        Set<String> reserved = Set.of(cells.columns());
        List<String> columns = new ArrayList<>(List.of("label", "pipeline"));
        for (var attribute : grid.attributes().entrySet()) {
            String name = FleetGrid.column(attribute.getKey());
            String type = NUMBERS.contains(attribute.getKey()) ? "double" : "string";
            String stored = "__" + name;
            table = table.withColumn(stored, expr(attribute.getValue()).cast(type));
            if (!reserved.contains(name)) {
                table = table.withColumn(name, expr(stored));
            }
            columns.add(stored + " AS " + FleetModels.columnOf(attribute.getKey()));
        }
        return table.selectExpr(columns.toArray(String[]::new));
    }
}
