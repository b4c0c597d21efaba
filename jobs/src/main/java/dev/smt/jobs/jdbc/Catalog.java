package dev.smt.jobs.jdbc;

import dev.smt.jobs.table.Relation;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What clients ask about the tables, by the columns that JDBC's {@link DatabaseMetaData} prescribes. There is one schema,
 * {@link #SCHEMA}, and no catalog.
 */
final class Catalog {
    /** Drivers connect to this one where they are told no other. */
    static final String SCHEMA = "default";

    private static final String TABLE = "TABLE";
    private static final String VIEW = "VIEW";
    private static final String NO_CATALOG = "";

    private final List<Relation> relations;

    Catalog(List<Relation> relations) {
        this.relations = relations.stream()
                .sorted(Comparator.comparing(Relation::view).thenComparing(Relation::name))
                .toList();
    }

    /** Tables and then views, by their names. */
    List<Relation> relations() {
        return relations;
    }

    Answer catalogs() {
        return new Answer(texts("TABLE_CAT"), List.of());
    }

    Answer schemas(String schema) {
        return new Answer(
                texts("TABLE_SCHEM", "TABLE_CATALOG"),
                NamePattern.like(schema).test(SCHEMA) ? List.of(RowFactory.create(SCHEMA, NO_CATALOG)) : List.of());
    }

    Answer tableTypes() {
        return new Answer(texts("TABLE_TYPE"), List.of(RowFactory.create(TABLE), RowFactory.create(VIEW)));
    }

    /**
     * Tables and views.
     *
     * @param types null or empty: of all types
     */
    Answer tables(String schema, String table, List<String> types) {
        List<Row> rows = matching(schema, table).stream()
                .filter(relation -> types == null || types.isEmpty() || types.contains(type(relation)))
                .map(relation -> RowFactory.create(NO_CATALOG, SCHEMA, relation.name(), type(relation), ""))
                .toList();
        return new Answer(texts("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS"), rows);
    }

    Answer columns(String schema, String table, String column) {
        Predicate<String> named = NamePattern.like(column);
        List<Row> rows = new ArrayList<>();
        for (Relation relation : matching(schema, table)) {
            StructField[] fields = relation.schema().fields();
            for (int i = 0; i < fields.length; i++) {
                if (named.test(fields[i].name())) {
                    rows.add(column(relation.name(), fields[i], i + 1));
                }
            }
        }
        return new Answer(
                new Columns()
                        .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
                        .number("DATA_TYPE")
                        .text("TYPE_NAME")
                        .number("COLUMN_SIZE", "BUFFER_LENGTH", "DECIMAL_DIGITS", "NUM_PREC_RADIX", "NULLABLE")
                        .text("REMARKS", "COLUMN_DEF")
                        .number("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
                        .text("IS_NULLABLE", "SCOPE_CATALOG", "SCOPE_SCHEMA", "SCOPE_TABLE")
                        .small("SOURCE_DATA_TYPE")
                        .text("IS_AUTO_INCREMENT")
                        .schema(),
                rows);
    }

    private static Row column(String table, StructField field, int position) {
        DataType type = field.dataType();
        ColumnType seen = ColumnType.of(type);
        return RowFactory.create(
                NO_CATALOG,
                SCHEMA,
                table,
                field.name(),
                seen.jdbc(),
                type.sql(),
                orNull(seen.size(type)),
                null,
                orNull(seen.scale(type)),
                seen.isNumeric() ? 10 : null,
                field.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                comment(field),
                null,
                null,
                null,
                null,
                position,
                field.nullable() ? "YES" : "NO",
                null,
                null,
                null,
                null,
                "NO");
    }

    Answer types() {
        List<Row> rows = Arrays.stream(ColumnType.values()).map(Catalog::type).toList();
        return new Answer(
                new Columns()
                        .text("TYPE_NAME")
                        .number("DATA_TYPE", "PRECISION")
                        .text("LITERAL_PREFIX", "LITERAL_SUFFIX", "CREATE_PARAMS")
                        .small("NULLABLE")
                        .flag("CASE_SENSITIVE")
                        .small("SEARCHABLE")
                        .flag("UNSIGNED_ATTRIBUTE", "FIXED_PREC_SCALE", "AUTO_INCREMENT")
                        .text("LOCAL_TYPE_NAME")
                        .small("MINIMUM_SCALE", "MAXIMUM_SCALE")
                        .number("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "NUM_PREC_RADIX")
                        .schema(),
                rows);
    }

    private static Row type(ColumnType type) {
        Optional<Short> scale = type.scale(DataTypes.NullType).map(Integer::shortValue);
        short largest = type == ColumnType.DECIMAL ? (short) ColumnType.LARGEST_DECIMAL : scale.orElse((short) 0);
        return RowFactory.create(
                type.name(),
                type.jdbc(),
                orNull(type.size(DataTypes.NullType)),
                type.isText() ? "'" : null,
                type.isText() ? "'" : null,
                null,
                (short) DatabaseMetaData.typeNullable,
                type.isText(),
                (short) DatabaseMetaData.typeSearchable,
                !type.isNumeric(),
                false,
                false,
                null,
                (short) 0,
                largest,
                null,
                null,
                type.isNumeric() ? 10 : null);
    }

    /** The columns by which a table's rows are told apart. Nothing but this program's own care enforces them. */
    Answer primaryKeys(String schema, String table) {
        List<Row> rows = new ArrayList<>();
        for (Relation relation : matching(schema, table)) {
            for (int i = 0; i < relation.key().size(); i++) {
                rows.add(RowFactory.create(
                        NO_CATALOG, SCHEMA, relation.name(), relation.key().get(i), (short) (i + 1), null));
            }
        }
        return new Answer(
                new Columns()
                        .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
                        .small("KEY_SEQ")
                        .text("PK_NAME")
                        .schema(),
                rows);
    }

    Answer foreignKeys() {
        return new Answer(
                new Columns()
                        .text("PKTABLE_CAT", "PKTABLE_SCHEM", "PKTABLE_NAME", "PKCOLUMN_NAME")
                        .text("FKTABLE_CAT", "FKTABLE_SCHEM", "FKTABLE_NAME", "FKCOLUMN_NAME")
                        .small("KEY_SEQ", "UPDATE_RULE", "DELETE_RULE")
                        .text("FK_NAME", "PK_NAME")
                        .small("DEFERRABILITY")
                        .schema(),
                List.of());
    }

    /** None: Spark's own are in its documentation. */
    Answer functions() {
        return new Answer(
                new Columns()
                        .text("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS")
                        .number("FUNCTION_TYPE")
                        .text("SPECIFIC_NAME")
                        .schema(),
                List.of());
    }

    private List<Relation> matching(String schema, String table) {
        if (!NamePattern.like(schema).test(SCHEMA)) {
            return List.of();
        }
        Predicate<String> named = NamePattern.like(table);
        return relations.stream()
                .filter(relation -> named.test(relation.name()))
                .toList();
    }

    private static String type(Relation relation) {
        return relation.view() ? VIEW : TABLE;
    }

    static String comment(StructField field) {
        return field.getComment().isDefined() ? field.getComment().get() : "";
    }

    static StructType texts(String... names) {
        return new Columns().text(names).schema();
    }

    private static <T> T orNull(Optional<T> value) {
        return value.orElse(null);
    }

    /** The columns of an answer, group after group. */
    private static final class Columns {
        private final List<StructField> fields = new ArrayList<>();

        Columns text(String... names) {
            return add(DataTypes.StringType, names);
        }

        Columns number(String... names) {
            return add(DataTypes.IntegerType, names);
        }

        Columns small(String... names) {
            return add(DataTypes.ShortType, names);
        }

        Columns flag(String... names) {
            return add(DataTypes.BooleanType, names);
        }

        private Columns add(DataType type, String... names) {
            for (String name : names) {
                fields.add(DataTypes.createStructField(name, type, true));
            }
            return this;
        }

        StructType schema() {
            return DataTypes.createStructType(fields);
        }
    }
}
