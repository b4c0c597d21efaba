package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
import dev.smt.jobs.TestSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointInTimeJoinTest {
    private static final StructType LOGS = new StructType()
            .add("row", DataTypes.IntegerType)
            .add("user", DataTypes.IntegerType)
            .add("t", DataTypes.LongType);
    private static final StructType SIDE = new StructType()
            .add("user", DataTypes.IntegerType)
            .add("known", DataTypes.LongType)
            .add("age", DataTypes.IntegerType);

    @TempDir
    private Path folder;

    /** Random logs and histories, beside a plain loop: the latest known, never a later one, no row more or less. */
    @Test
    void takesTheLatestThatWasKnown() {
        Random random = new Random(3);
        List<Row> logs = new ArrayList<>();
        List<Row> side = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            logs.add(RowFactory.create(
                    i, random.nextInt(12) == 0 ? null : random.nextInt(10), (long) random.nextInt(100)));
            Long known = random.nextInt(15) == 0 ? null : (long) random.nextInt(100);
            side.add(RowFactory.create(random.nextInt(8), known, random.nextInt(1000)));
        }

        Dataset<Row> joined = PointInTimeJoin.join(
                TestSpark.session().createDataFrame(logs, LOGS),
                TestSpark.session().createDataFrame(side, SIDE),
                List.of("user"),
                functions.col("t"),
                functions.col("known"),
                Set.of("age", "known"));

        List<Row> rows = joined.select("row", "known", "age").orderBy("row").collectAsList();
        assertThat(rows).hasSize(300);
        for (Row row : rows) {
            Row log = logs.get(row.getInt(0));
            Row expected = RowFactory.create(null, null, null);
            for (Row candidate : side) {
                boolean fits = !log.isNullAt(1)
                        && candidate.getInt(0) == log.getInt(1)
                        && !candidate.isNullAt(1)
                        && candidate.getLong(1) <= log.getLong(2);
                boolean later = fits
                        && (expected.isNullAt(1)
                                || candidate.getLong(1) > expected.getLong(1)
                                || candidate.getLong(1) == expected.getLong(1)
                                        && candidate.getInt(2) > expected.getInt(2));
                expected = later ? candidate : expected;
            }
            assertThat(row.get(1)).as("row %s", row).isEqualTo(expected.get(1));
            assertThat(row.get(2)).as("row %s", row).isEqualTo(expected.get(2));
        }
    }

    @Test
    void ingestJoinsAsOfTheRowsTime() {
        Tiny tiny = new Tiny(folder);
        tiny.text(
                "prices.json",
                "{\"item\":\"x\",\"since\":0,\"level\":1}\n{\"item\":\"x\",\"since\":300,\"level\":2}\n");

        IngestResult result = tiny.ingest(
                """
                input.joins = [
                  {path = ${data}"/histories.json", format = json, on = [user]}
                  {path = ${data}"/prices.json", format = json, on = [item], as-of = since, columns = [level]}
                ]
                input.features.level = {type = id, side = item}
                """);

        EncodedExamples train = tiny.store().read(result.pipelines().get(0), Split.TRAIN);
        // Item x at 100, 300 and 400 ms: level 1, then 2; ids in the order of how often training rows have them.
        assertThat(train.ids("level")).containsExactly(2, 0, 1, 1);
        assertThat(train.time(0)).isEqualTo(100);
    }
}
