package dev.smt.jobs.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Which encoded examples are there and undamaged. Spark tasks look, one per pipeline, since it takes reading every byte. */
final class WholeVersions {
    private WholeVersions() {}

    /**
     * The pipelines whose version is whole.
     *
     * @param versions data version per pipeline
     */
    static List<String> of(SparkSession spark, String warehouse, Map<String, String> versions) {
        if (versions.isEmpty()) {
            return List.of();
        }
        HashMap<String, String> sent = new HashMap<>(versions);
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.copyOf(versions.keySet()), versions.size())
                .filter(pipeline -> new EncodedStore(warehouse, hadoop.value()).hasWhole(pipeline, sent.get(pipeline)))
                .collect();
    }
}
