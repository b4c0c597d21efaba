package dev.smt.jobs.cli;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.table.RowExpression;
import dev.smt.jobs.table.Warehouse;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExecuteImmediate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** {@code smt sql "SELECT ..."}: reads the result tables by their names. */
@CommandLine.Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Runs a query over the result tables and views, by their names. It can't change them.")
public final class SqlCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private RowFormat format;

    @Parameters(paramLabel = "QUERY", description = "A SELECT, such as \"SELECT * FROM v_leaderboard\".")
    private String query;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SmtConfiguration configuration = options.load();
        Settings settings = Settings.of(configuration);
        try (Session session =
                Session.open(configuration, settings, spec.commandLine().getErr())) {
            format.print(rows(session.context().warehouse()), spec.commandLine().getOut());
        }
        return 0;
    }

    private Dataset<Row> rows(Warehouse warehouse) {
        SparkSession spark = warehouse.spark();
        try {
            LogicalPlan plan = ((org.apache.spark.sql.classic.SparkSession) spark)
                    .sessionState()
                    .sqlParser()
                    .parsePlan(query);
            if (plan.exists(new Changes())) {
                throw new InvalidInputException("query is \"" + query + "\"; allowed: a SELECT that changes nothing");
            }
            warehouse.registerNamedIn(query);
            return spark.sql(query);
        } catch (AnalysisException wrong) {
            throw new InvalidInputException("query is not valid: " + wrong.getSimpleMessage());
        }
    }

    /** Whether a node of a parsed statement does more than read; a change may stand below WITH. */
    private static final class Changes extends AbstractFunction1<LogicalPlan, Object> {
        @Override
        public Object apply(LogicalPlan node) {
            return node instanceof Command
                    || node instanceof ParsedStatement
                    || node instanceof InsertIntoDir
                    || node instanceof UnresolvedExecuteImmediate
                    || callsJava(node);
        }

        private static boolean callsJava(LogicalPlan node) {
            return CollectionConverters.asJava(node.expressions()).stream()
                    .anyMatch(expression -> (Boolean) expression.exists(new JavaCall()));
        }
    }

    /** Whether an expression calls a Java method, which can do more than read. */
    private static final class JavaCall extends AbstractFunction1<Expression, Object> {
        @Override
        public Object apply(Expression expression) {
            return RowExpression.callsJava(expression);
        }
    }
}
