package dev.smt.jobs.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of {@code events} and of {@code probabilities}. */
final class EventTable {
    static final String TIME = "request_time";

    private EventTable() {}

    /** As {@link #row} makes it: the time is in microseconds since the epoch. */
    static StructType schema(PlantedFeatures features) {
        StructType schema = new StructType()
                .add("request_id", DataTypes.LongType, false)
                .add(TIME, DataTypes.LongType, false)
                .add("surface", DataTypes.StringType, false)
                .add("country", DataTypes.StringType, false)
                .add("user_id", DataTypes.LongType, false)
                .add("ad_id", DataTypes.LongType, false)
                .add("ad_category", DataTypes.IntegerType, false)
                .add("device", DataTypes.StringType, false);
        schema = add(schema, features.ids(), DataTypes.IntegerType, false);
        schema = add(schema, features.numeric(), DataTypes.DoubleType, true);
        schema = add(schema, features.transforms(), DataTypes.LongType, false);
        schema = add(schema, features.histories(), DataTypes.createArrayType(DataTypes.IntegerType, false), false);
        for (PlantedLabel label : PlantedLabel.values()) {
            schema = schema.add(label.column(), DataTypes.IntegerType, false);
        }
        return schema;
    }

    static Row row(GenerateConfiguration configuration, Impression impression) {
        List<Object> values = new ArrayList<>();
        values.add(impression.row);
        values.add(impression.timeMillis * 1000);
        values.add(configuration.surfaces().get(impression.surface));
        values.add(configuration.countries().get(impression.country));
        values.add((long) impression.user);
        values.add((long) impression.ad);
        values.add(impression.category);
        values.add(PlantedFeatures.DEVICES.get(impression.device));
        for (int id : impression.ids) {
            values.add(id);
        }
        for (double number : impression.numeric) {
            values.add(Double.isNaN(number) ? null : number);
        }
        for (long count : impression.counts) {
            values.add(count);
        }
        for (int h = 0; h < impression.histories.length; h++) {
            values.add(Arrays.copyOf(impression.histories[h], impression.historyLengths[h]));
        }
        for (int label : impression.labels) {
            values.add(label);
        }
        return RowFactory.create(values.toArray());
    }

    static StructType probabilitySchema() {
        StructType schema = new StructType().add("request_id", DataTypes.LongType, false);
        for (PlantedLabel label : PlantedLabel.values()) {
            schema = schema.add("truth_p_" + label.column(), DataTypes.DoubleType, false);
        }
        return schema;
    }

    static Row probabilityRow(Impression impression) {
        Object[] values = new Object[1 + PlantedLabel.COUNT];
        values[0] = impression.row;
        for (int label = 0; label < PlantedLabel.COUNT; label++) {
            values[1 + label] = impression.probabilities[label];
        }
        return RowFactory.create(values);
    }

    private static StructType add(StructType schema, List<PlantedFeature> features, DataType type, boolean nullable) {
        StructType result = schema;
        for (PlantedFeature feature : features) {
            result = result.add(feature.column(), type, nullable);
        }
        return result;
    }
}
