package dev.smt.jobs.ingest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.ConfigProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/** Reads the models from a table. */
final class FleetTable {
    private static final Set<String> NUMBERS = Set.of("flops", "weight", "serving_flops_budget");
    private static final List<String> OPTIONAL =
            List.of("template", "serving_flops_budget", "excluded_features", "further_events");

    private final SourceReader reader;
    private final IngestConfiguration configuration;
    private final ConfigProblems problems;

    FleetTable(SparkSession spark, IngestConfiguration configuration, ConfigProblems problems) {
        this.reader = new SourceReader(spark, problems);
        this.configuration = configuration;
        this.problems = problems;
    }

    /** The table, or nothing and problems. */
    Optional<Dataset<Row>> open(SourceConfiguration source) {
        return reader.read(source).filter(table -> columnsFit(source, table));
    }

    /** The models, by id. */
    List<FleetModel> of(SourceConfiguration source) {
        Optional<Dataset<Row>> table = open(source);
        if (table.isEmpty()) {
            return List.of();
        }
        List<String> columns = new ArrayList<>(FleetModels.REQUIRED);
        OPTIONAL.stream().filter(Set.of(table.get().columns())::contains).forEach(columns::add);
        Dataset<Row> chosen =
                table.get().selectExpr(columns.toArray(String[]::new)).orderBy("model_id");
        List<FleetModel> models = new FleetModels(configuration, problems).of(chosen.collectAsList());
        for (FleetModel model : models) {
            model.events().stream()
                    .flatMap(event -> Stream.of(event.label(), event.given()))
                    .filter(label ->
                            !label.isEmpty() && !configuration.input().labels().containsKey(label))
                    .forEach(label -> problems.add("fleet: model " + model.id() + ": label is \"" + label
                            + "\"; allowed: one of input.labels "
                            + configuration.input().labelNames()));
        }
        return models;
    }

    private boolean columnsFit(SourceConfiguration source, Dataset<Row> table) {
        List<String> there = List.of(table.columns());
        List<String> wrong = new ArrayList<>();
        FleetModels.REQUIRED.stream()
                .filter(column -> !there.contains(column))
                .forEach(column -> wrong.add("no column " + column));
        for (var field : table.schema().fields()) {
            DataType type = field.dataType();
            if (NUMBERS.contains(field.name()) && !(type instanceof NumericType)) {
                wrong.add("column " + field.name() + " is " + type.sql() + "; allowed: a number");
            }
            if (field.name().equals("excluded_features") && !(type instanceof ArrayType)) {
                wrong.add("column excluded_features is " + type.sql() + "; allowed: an array of texts");
            }
        }
        wrong.forEach(message -> problems.add(source.key() + " is \"" + source.path() + "\": " + message));
        return wrong.isEmpty();
    }
}
