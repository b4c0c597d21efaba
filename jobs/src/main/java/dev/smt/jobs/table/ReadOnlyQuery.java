package dev.smt.jobs.table;

import dev.smt.jobs.config.InvalidInputException;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.ResolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExecuteImmediate;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.ExecutableDuringAnalysis;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoopRef;
import org.apache.spark.sql.delta.files.TahoeFileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A query over the result tables and views, by their names. It can't change anything, read anything else, or run a program:
 * what it asks for is looked through before Spark resolves it (which may itself read files and call functions), and again
 * before it runs.
 */
public final class ReadOnlyQuery {
    /** Functions that read files which their arguments name. */
    private static final Set<String> FILE_READERS =
            Set.of("from_avro", "from_protobuf", "to_protobuf", "from_xml", "schema_of_xml");

    /** Before it parses a text, Spark puts settings and environment variables, secrets among them, in the place of these. */
    private static final String SUBSTITUTION = "${";

    /** Functions in FROM; of others, such as Delta's, some read what their arguments name. */
    private static final Set<String> TABLE_FUNCTIONS = Set.of(
            "explode",
            "explode_outer",
            "inline",
            "inline_outer",
            "json_tuple",
            "posexplode",
            "posexplode_outer",
            "range",
            "stack");

    private final Warehouse warehouse;
    private final String query;

    private ReadOnlyQuery(Warehouse warehouse, String query) {
        this.warehouse = warehouse;
        this.query = query;
    }

    /**
     * The query's rows, as the tables are now.
     *
     * @throws InvalidInputException where it is not valid, or does more than read
     */
    public static Dataset<Row> rows(Warehouse warehouse, String query) {
        ReadOnlyQuery one = new ReadOnlyQuery(warehouse, query);
        try {
            one.checkParsed();
            warehouse.registerNamedIn(query);
            Dataset<Row> rows = warehouse.spark().sql(query);
            one.checkResolved(rows);
            return rows;
        } catch (AnalysisException wrong) {
            throw new InvalidInputException("query is not valid: " + wrong.getSimpleMessage());
        }
    }

    /** What a text says, before anything that it names is looked up. */
    static LogicalPlan parsed(String query, SparkSession spark) throws ParseException {
        return ((org.apache.spark.sql.classic.SparkSession) spark)
                .sessionState()
                .sqlParser()
                .parsePlan(query);
    }

    private void checkParsed() throws AnalysisException {
        if (query.contains(SUBSTITUTION)) {
            throw refused("a SELECT without " + SUBSTITUTION);
        }
        QueryNodes nodes = QueryNodes.of(parsed(query, warehouse.spark()));
        nodes.plans().forEach(this::checkNode);
        nodes.expressions().forEach(this::checkExpression);
    }

    private void checkNode(QueryPlan<?> node) {
        if (node instanceof Command
                || node instanceof ExecutableDuringAnalysis
                || node instanceof ParsedStatement
                || node instanceof InsertIntoDir
                || node instanceof ScriptTransformation
                || node instanceof UnresolvedExecuteImmediate
                || node instanceof PlanWithUnresolvedIdentifier
                || node instanceof RelationTimeTravel) {
            throw refused("a SELECT that changes nothing");
        }
        if (node instanceof UnresolvedRelation relation
                && relation.multipartIdentifier().size() > 1) {
            throw refused("tables and views of the warehouse, by their names alone; not " + relation.tableName());
        }
        if (node instanceof UnresolvedTableValuedFunction function
                && (function.name().size() > 1
                        || !TABLE_FUNCTIONS.contains(function.name().head().toLowerCase(Locale.ROOT)))) {
            throw refused("in FROM, of the functions only "
                    + String.join(", ", TABLE_FUNCTIONS.stream().sorted().toList()));
        }
    }

    private void checkExpression(Expression expression) {
        if (expression instanceof ExpressionWithUnresolvedIdentifier || RowExpression.callsJava(expression)) {
            throw refused("a SELECT that changes nothing");
        }
        if (expression instanceof UnresolvedFunction function
                && FILE_READERS.contains(function.nameParts().last().toLowerCase(Locale.ROOT))) {
            throw refused("functions that read no files; not "
                    + function.nameParts().last().toLowerCase(Locale.ROOT));
        }
    }

    /** What names stood for, such as a table of the platform's own catalog. */
    private void checkResolved(Dataset<Row> rows) {
        QueryNodes nodes = QueryNodes.of(((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .analyzed());
        if (nodes.expressions().stream().anyMatch(CallMethodViaReflection.class::isInstance)) {
            throw refused("a SELECT that changes nothing");
        }
        nodes.plans().stream()
                .filter(node -> CollectionConverters.asJava(node.children()).isEmpty())
                .filter(leaf -> !isOfTheWarehouse(leaf))
                .findFirst()
                .ifPresent(leaf -> {
                    throw refused("tables and views of the warehouse; not " + leaf.nodeName());
                });
    }

    private boolean isOfTheWarehouse(QueryPlan<?> leaf) {
        if (leaf instanceof LogicalRelation relation
                && relation.relation() instanceof HadoopFsRelation files
                && files.location() instanceof TahoeFileIndex table) {
            return table.path().toString().startsWith(warehouse.location() + Path.SEPARATOR);
        }
        return leaf instanceof OneRowRelation
                || leaf instanceof LocalRelation
                || leaf instanceof ResolvedInlineTable
                || leaf instanceof Range
                || leaf instanceof CTERelationRef
                || leaf instanceof UnionLoopRef;
    }

    private InvalidInputException refused(String allowed) {
        return new InvalidInputException("query is \"" + query + "\"; allowed: " + allowed);
    }
}
