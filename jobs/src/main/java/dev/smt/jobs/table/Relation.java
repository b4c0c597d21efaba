package dev.smt.jobs.table;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a query may name: a table or a view, as this program writes and defines it.
 *
 * @param name of the table or view
 * @param view whether it is a view
 * @param key columns that identify a row; none of a view
 * @param schema with the meaning of each column of a table as its comment
 */
public record Relation(String name, boolean view, List<String> key, StructType schema) {
    public Relation {
        key = List.copyOf(key);
    }

    /** All tables and then all views. No file is read: the views' columns are found over empty tables. */
    public static List<Relation> all(SparkSession spark) {
        List<Relation> relations = new ArrayList<>();
        for (Table<?> table : Tables.all()) {
            relations.add(new Relation(table.name(), false, table.key(), described(table)));
        }
        SparkSession scratch = FewRows.session(spark);
        Map<String, String> views = Views.all();
        Views.register(
                String.join("\n", views.keySet()),
                scratch,
                table -> scratch.createDataFrame(List.of(), table.schema()));
        views.keySet()
                .forEach(name -> relations.add(
                        new Relation(name, true, List.of(), scratch.table(name).schema())));
        return List.copyOf(relations);
    }

    private static StructType described(Table<?> table) {
        StructType schema = table.schema();
        List<StructField> fields = new ArrayList<>();
        for (RecordComponent component : table.rowType().getRecordComponents()) {
            Column column = component.getAnnotation(Column.class);
            String unit = column.unit().isEmpty() ? "" : " (" + column.unit() + ")";
            fields.add(schema.apply(Table.columnName(component)).withComment(column.value() + unit));
        }
        return DataTypes.createStructType(fields);
    }
}
