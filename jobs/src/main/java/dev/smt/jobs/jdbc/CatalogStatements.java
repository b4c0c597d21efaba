package dev.smt.jobs.jdbc;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.table.Relation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The statements by which tools find their way: SHOW, DESCRIBE, USE and SET without a value. They are answered from the list
 * of tables and views and never reach Spark; every other statement is a query.
 */
final class CatalogStatements {
    private static final String NAME = "(?:`?" + Catalog.SCHEMA + "`?\\s*\\.\\s*)?`?(?<name>\\w+)`?";
    private static final String IN_SCHEMA = "(?:\\s+(?:IN|FROM)\\s+`?(?<schema>\\w+)`?)?";
    private static final String PATTERN = "(?:\\s+(?:LIKE\\s+)?['\"](?<pattern>[^'\"]*)['\"])?";

    private static final Pattern SCHEMAS = statement("SHOW\\s+(?:DATABASES|SCHEMAS)" + PATTERN);
    private static final Pattern TABLES = statement("SHOW\\s+TABLES" + IN_SCHEMA + PATTERN);
    private static final Pattern VIEWS = statement("SHOW\\s+VIEWS" + IN_SCHEMA + PATTERN);
    private static final Pattern COLUMNS = statement("SHOW\\s+COLUMNS\\s+(?:IN|FROM)\\s+" + NAME + IN_SCHEMA);
    private static final Pattern DESCRIBE =
            statement("DESC(?:RIBE)?(?:\\s+TABLE)?(?:\\s+(?:EXTENDED|FORMATTED))?\\s+" + NAME);
    private static final Pattern USE = statement("USE(?:\\s+(?:DATABASE|SCHEMA|NAMESPACE))?\\s+`?(?<schema>\\w+)`?");
    private static final Pattern SETTINGS = statement("SET(?:\\s+-v)?");
    private static final Pattern SET = statement("SET\\s+.*");

    private final Catalog catalog;

    CatalogStatements(Catalog catalog) {
        this.catalog = catalog;
    }

    private static Pattern statement(String pattern) {
        return Pattern.compile("\\s*" + pattern + "\\s*;?\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /**
     * The answer to a statement; none where it is a query.
     *
     * @throws InvalidInputException where it names what is not there, or would set something
     */
    Optional<Answer> answer(String statement) {
        Matcher found;
        if ((found = SCHEMAS.matcher(statement)).matches()) {
            return Optional.of(schemas(found.group("pattern")));
        } else if ((found = TABLES.matcher(statement)).matches()) {
            requireSchema(found.group("schema"));
            return Optional.of(relations("tableName", relation -> true, found.group("pattern")));
        } else if ((found = VIEWS.matcher(statement)).matches()) {
            requireSchema(found.group("schema"));
            return Optional.of(relations("viewName", Relation::view, found.group("pattern")));
        } else if ((found = COLUMNS.matcher(statement)).matches()) {
            requireSchema(found.group("schema"));
            return Optional.of(columns(named(found.group("name"))));
        } else if ((found = DESCRIBE.matcher(statement)).matches()) {
            return Optional.of(described(named(found.group("name"))));
        } else if ((found = USE.matcher(statement)).matches()) {
            requireSchema(found.group("schema"));
            return Optional.of(Answer.none());
        } else if (SETTINGS.matcher(statement).matches()) {
            return Optional.of(new Answer(Catalog.texts("key", "value"), List.of()));
        } else if (SET.matcher(statement).matches()) {
            throw new InvalidInputException("statement is \"" + statement.strip()
                    + "\"; nothing can be set over JDBC: Spark's settings are those of the configuration that the"
                    + " server was started with");
        }
        return Optional.empty();
    }

    /** @throws StatementFailure where it is not the one schema */
    static void requireSchema(String schema) {
        if (schema != null && !schema.equalsIgnoreCase(Catalog.SCHEMA)) {
            throw new StatementFailure(
                    StatementFailure.NO_SUCH_SCHEMA,
                    "there is no schema \"" + schema + "\"; the only one is " + Catalog.SCHEMA);
        }
    }

    private static Answer schemas(String pattern) {
        boolean shown = pattern == null || NamePattern.glob(pattern).test(Catalog.SCHEMA);
        return new Answer(Catalog.texts("namespace"), shown ? List.of(RowFactory.create(Catalog.SCHEMA)) : List.of());
    }

    private Answer relations(String column, Predicate<Relation> wanted, String pattern) {
        Predicate<String> named = pattern == null ? name -> true : NamePattern.glob(pattern);
        List<Row> rows = catalog.relations().stream()
                .filter(wanted)
                .filter(relation -> named.test(relation.name()))
                .map(relation -> RowFactory.create(Catalog.SCHEMA, relation.name(), false))
                .toList();
        StructType names = Catalog.texts("namespace", column).add("isTemporary", DataTypes.BooleanType);
        return new Answer(names, rows);
    }

    private static Answer columns(Relation relation) {
        return new Answer(
                Catalog.texts("col_name"),
                Arrays.stream(relation.schema().fieldNames())
                        .map(name -> RowFactory.create(name))
                        .toList());
    }

    private static Answer described(Relation relation) {
        return new Answer(
                Catalog.texts("col_name", "data_type", "comment"),
                Arrays.stream(relation.schema().fields())
                        .map(field -> RowFactory.create(
                                field.name(), field.dataType().simpleString(), Catalog.comment(field)))
                        .toList());
    }

    private Relation named(String name) {
        return catalog.relations().stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "there is no table or view \"" + name + "\"; SHOW TABLES lists those that are there"));
    }
}
