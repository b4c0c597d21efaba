package dev.smt.jobs.fault;

import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a study has left in a warehouse.
 *
 * @param results the rows of its tables without times and hosts, sorted
 * @param trainings the trainings that count, each with the time it took: one that is done again takes another time
 * @param files names in the warehouse's own folder and among its leases
 */
record StudyRows(List<String> results, Set<String> trainings, Set<String> files) {
    private static final Set<String> MEASURED = Set.of("run_id", "train_seconds", "suggest_seconds", "host");

    static StudyRows of(SparkSession spark, Path folder) throws IOException {
        Warehouse warehouse = Warehouse.open(spark, folder.toString());
        List<String> results = new ArrayList<>();
        for (Table<?> table : List.of(TrialRow.TABLE, TrialModelRow.TABLE, TechniqueDecisionRow.TABLE)) {
            Dataset<Row> rows = warehouse.dataset(table);
            rows.drop(Stream.of(rows.columns()).filter(MEASURED::contains).toArray(String[]::new))
                    .toJSON()
                    .collectAsList()
                    .forEach(row -> results.add(table.name() + " " + row));
        }
        results.sort(null);
        // Of a trial that counts only: models of one that a crash cut off are replaced.
        Set<String> trainings = new TreeSet<>(warehouse
                .dataset(TrialModelRow.TABLE)
                .join(
                        warehouse.dataset(TrialRow.TABLE).select("study_id", "technique", "trial"),
                        scala.jdk.javaapi.CollectionConverters.asScala(List.of("study_id", "technique", "trial"))
                                .toSeq())
                .selectExpr("concat_ws(' ', technique, trial, model_id, train_seconds) AS training")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toSet()));
        return new StudyRows(List.copyOf(results), trainings, files(folder));
    }

    private static Set<String> files(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path parent : List.of(folder, folder.resolve("_leases"), folder.resolve("encoded"))) {
            if (Files.isDirectory(parent)) {
                try (Stream<Path> children = Files.list(parent)) {
                    children.forEach(child -> names.add(folder.relativize(child).toString()));
                }
            }
        }
        return names;
    }
}
