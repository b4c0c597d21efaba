package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Rows that were brought together once and are looked at several times. What comes before, reading and joining the logs, is not
 * done again, since Spark keeps the files of a shuffle as long as somebody holds its result; nothing is cached, and a lost executor's
 * part is made again. Uses Spark's internals, which a public call for it does not exist for: a cache costs a third of ingest.
 */
final class ShuffledRows {
    /** So many partitions for a core at least: few values of a column would fall into few of them, and leave cores without work. */
    private static final int PARTITIONS_PER_CORE = 8;

    private ShuffledRows() {}

    /** The rows, those with the same value of a column in one partition. */
    static Dataset<Row> by(String column, Dataset<Row> rows) {
        SparkSession spark = (SparkSession) rows.sparkSession();
        int partitions = Math.max(
                Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions")),
                PARTITIONS_PER_CORE * spark.sparkContext().defaultParallelism());
        Dataset<Row> shuffled = rows.repartition(partitions, col(column));
        return spark.internalCreateDataFrame(binary(shuffled).rdd(), shuffled.schema(), false);
    }

    /** The rows as Spark holds them, in memory that is used again for the next row. */
    static JavaRDD<InternalRow> binary(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }
}
