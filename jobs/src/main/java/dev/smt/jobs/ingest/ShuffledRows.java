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
 *
 * @param binary the same rows as Spark holds them, in memory that is used again for the next row
 */
record ShuffledRows(Dataset<Row> table, JavaRDD<InternalRow> binary) {
    /** So many partitions for a core at least: few values of a column would fall into few of them, and leave cores without work. */
    private static final int PARTITIONS_PER_CORE = 8;

    /** The rows, those with the same value of a column in one partition. */
    static ShuffledRows by(String column, Dataset<Row> rows) {
        SparkSession spark = (SparkSession) rows.sparkSession();
        int partitions = Math.max(
                Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions")),
                PARTITIONS_PER_CORE * spark.sparkContext().defaultParallelism());
        Dataset<Row> shuffled = rows.repartition(partitions, col(column));
        JavaRDD<InternalRow> binary = binary(shuffled);
        return new ShuffledRows(spark.internalCreateDataFrame(binary.rdd(), shuffled.schema(), false), binary);
    }

    /** The rows as Spark holds them, in memory that is used again for the next row. */
    static JavaRDD<InternalRow> binary(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }
}
