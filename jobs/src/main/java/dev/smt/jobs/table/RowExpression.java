package dev.smt.jobs.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A user's SQL expression over the columns of one row. It can read nothing else: no other table or file (subqueries), and no
 * Java method (which could do anything).
 */
public final class RowExpression {
    private static final Set<String> JAVA_CALLS = Set.of("reflect", "try_reflect", "java_method");

    private RowExpression() {}

    /**
     * The columns that an expression reads, in lower case (Spark's names ignore case).
     *
     * @throws IllegalArgumentException for what it may not do; also for *, whose columns have no names
     */
    public static Set<String> columnsOf(String sql) {
        Set<String> columns = new LinkedHashSet<>();
        List<Expression> open = new ArrayList<>(List.of(CatalystSqlParser$.MODULE$.parseExpression(sql)));
        while (!open.isEmpty()) {
            Expression expression = open.remove(open.size() - 1);
            if (expression instanceof Star || expression instanceof SubqueryExpression) {
                throw new IllegalArgumentException("* and subqueries are not allowed: name the columns");
            }
            if (callsJava(expression)) {
                throw new IllegalArgumentException("functions that call Java are not allowed: "
                        + String.join(", ", JAVA_CALLS.stream().sorted().toList()));
            }
            if (expression instanceof UnresolvedAttribute column) {
                columns.add(column.nameParts().head().toLowerCase(Locale.ROOT));
            }
            open.addAll(CollectionConverters.asJava(expression.children()));
        }
        return columns;
    }

    /** Whether a node of a parsed expression calls a Java method. */
    public static boolean callsJava(Expression expression) {
        return expression instanceof UnresolvedFunction function
                && JAVA_CALLS.contains(function.nameParts().last().toLowerCase(Locale.ROOT));
    }
}
