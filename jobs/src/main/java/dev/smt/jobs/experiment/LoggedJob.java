package dev.smt.jobs.experiment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.smt.experiment.OffPolicyEvaluation;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;

/** Evaluates logged choices: sums and moments on the executors; only they come to the driver. */
public final class LoggedJob {
    private static final String EXPERIMENT = "experiment";
    private static final String UNIT = "unit";
    private static final String ACTION = "action";
    private static final String REWARD = "reward";
    private static final String PROPENSITY = "propensity";
    private static final String TARGET_PROPENSITY = "target_propensity";
    private static final String PREDICTION = "prediction";
    private static final String TARGET_PREDICTION = "target_prediction";
    private static final String OFFLINE = "offline";
    private static final String LEAST_OFFLINE = "least_offline";
    private static final String MOST_OFFLINE = "most_offline";
    private static final int ACTIONS_NAMED = 5;

    private final LoggedQuery query;

    public LoggedJob(LoggedQuery query) {
        this.query = query;
    }

    /**
     * Evaluates every log of a table, in the order of their names.
     *
     * @throws InvalidInputException with all problems of the table
     */
    public List<LoggedResult> run(Dataset<Row> input) {
        BadRows bad = badRows();
        Dataset<Row> rows = weighted(asked(input), bad);
        List<Row> logs = Sums.collect(logs(rows, bad), "--experiment");
        List<String> problems = new ArrayList<>(bad.problems(logs));
        logs.forEach(log -> problems.addAll(problems(log)));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return logs.stream().map(log -> result(log, rows)).toList();
    }

    private Dataset<Row> asked(Dataset<Row> input) {
        ConfigProblems problems = new ConfigProblems();
        NamedColumns columns = new NamedColumns(input, problems);
        Column[] asked = {
            columns.text("--experiment", query.experiment(), EXPERIMENT),
            columns.text("--unit", query.unit(), UNIT),
            columns.text("--action", query.action(), ACTION),
            columns.number("--reward", query.reward(), REWARD),
            columns.number("--propensity", query.propensity(), PROPENSITY),
            columns.number("--target-propensity", query.targetPropensity(), TARGET_PROPENSITY),
            columns.number("--prediction", query.prediction(), PREDICTION),
            columns.number("--target-prediction", query.targetPrediction(), TARGET_PREDICTION),
            columns.number("--offline", query.offline(), OFFLINE)
        };
        problems.throwIfAny();
        return input.select(asked);
    }

    private BadRows badRows() {
        Column propensity = col(PROPENSITY);
        Column target = col(TARGET_PROPENSITY);
        BadRows bad = new BadRows()
                .finite(REWARD, "--reward", query.reward(), "")
                .rule(
                        PROPENSITY,
                        propensity
                                .isNotNull()
                                .and(not(propensity.isNaN()))
                                .and(propensity.lt(0).or(propensity.gt(1))),
                        "--propensity (\"" + query.propensity() + "\") is below 0 or above 1; allowed: probabilities")
                .rule(
                        TARGET_PROPENSITY,
                        target.isNull().or(target.isNaN()).or(target.lt(0)).or(target.gt(1)),
                        "--target-propensity (\"" + query.targetPropensity()
                                + "\") is missing, below 0 or above 1; allowed: probabilities");
        query.experiment().ifPresent(text -> bad.present(EXPERIMENT, "--experiment", text));
        query.unit().ifPresent(text -> bad.present(UNIT, "--unit", text));
        query.prediction().ifPresent(text -> bad.finite(PREDICTION, "--prediction", text, ""));
        query.targetPrediction().ifPresent(text -> bad.finite(TARGET_PREDICTION, "--target-prediction", text, ""));
        query.offline().ifPresent(text -> bad.finite(OFFLINE, "--offline", text, " of percent NE"));
        return bad;
    }

    /** The rows with what their sums are made of. */
    private Dataset<Row> weighted(Dataset<Row> rows, BadRows bad) {
        Column known = col(PROPENSITY)
                .isNotNull()
                .and(not(col(PROPENSITY).isNaN()))
                .and(col(PROPENSITY).gt(0));
        Column taken = col(TARGET_PROPENSITY).gt(0);
        Column whole = when(taken.and(known), col(TARGET_PROPENSITY).divide(col(PROPENSITY)))
                .otherwise(lit(0.0));
        List<Column> columns = new ArrayList<>(List.of(col(EXPERIMENT), col(UNIT), col(ACTION), col(OFFLINE)));
        columns.addAll(LogSums.ofRow(
                col(REWARD),
                query.prediction().isPresent() ? col(PREDICTION) : lit(0.0),
                query.targetPrediction().isPresent() ? col(TARGET_PREDICTION) : lit(0.0),
                whole,
                least(whole, lit(query.clip())),
                when(taken.and(not(known)), lit(1L)).otherwise(lit(0L))));
        columns.addAll(bad.flags());
        return rows.select(columns.toArray(Column[]::new));
    }

    /** A row per log. */
    private Dataset<Row> logs(Dataset<Row> rows, BadRows bad) {
        Dataset<Row> units = rows.withColumn(LEAST_OFFLINE, col(OFFLINE)).withColumn(MOST_OFFLINE, col(OFFLINE));
        if (query.unit().isPresent()) {
            units = aggregated(units.groupBy(EXPERIMENT, UNIT), LogSums.ofUnit(), bad);
        }
        return aggregated(units.groupBy(EXPERIMENT), LogSums.ofLog(), bad).orderBy(EXPERIMENT);
    }

    private static Dataset<Row> aggregated(RelationalGroupedDataset groups, List<Column> sums, BadRows bad) {
        List<Column> columns = new ArrayList<>(sums);
        columns.add(max(MOST_OFFLINE).as(MOST_OFFLINE));
        columns.addAll(bad.sums());
        return groups.agg(min(LEAST_OFFLINE).as(LEAST_OFFLINE), columns.toArray(Column[]::new));
    }

    private static List<String> problems(Row log) {
        String name = log.getAs(EXPERIMENT);
        String where = name == null || name.isEmpty() ? "" : "experiment \"" + name + "\": ";
        List<String> problems = new ArrayList<>();
        if (log.<Long>getAs(LogSums.UNITS) < 2) {
            problems.add(where + "the log has 1 unit; allowed: 2 or more");
        }
        if (!Objects.equals(log.<Double>getAs(LEAST_OFFLINE), log.<Double>getAs(MOST_OFFLINE))) {
            problems.add(where + "--offline is from " + log.getAs(LEAST_OFFLINE) + " to " + log.getAs(MOST_OFFLINE)
                    + "; allowed: one NE delta per log");
        }
        return problems;
    }

    private LoggedResult result(Row log, Dataset<Row> rows) {
        OffPolicyEvaluation evaluation =
                OffPolicyEvaluation.of(LogSums.sample(log), query.prediction().isPresent(), query.level());
        Double offline = log.getAs(LEAST_OFFLINE);
        boolean ask = query.action().isPresent() && evaluation.sample().sums().unsupported() > 0;
        return new LoggedResult(
                log.getAs(EXPERIMENT),
                evaluation,
                offline == null ? OptionalDouble.empty() : OptionalDouble.of(offline),
                query.prediction().isPresent(),
                ask ? unweighed(rows, log.getAs(EXPERIMENT)) : List.of());
    }

    private static List<String> unweighed(Dataset<Row> rows, String experiment) {
        Dataset<Row> actions = rows.filter(col(EXPERIMENT).equalTo(experiment))
                .groupBy(ACTION)
                .agg(sum(LogSums.UNSUPPORTED).as("rows"))
                .filter(col("rows").gt(0))
                .orderBy(col("rows").desc(), col(ACTION))
                .limit(ACTIONS_NAMED);
        return Sums.collected(actions).stream()
                .map(row -> row.getAs(ACTION) + " (" + row.<Long>getAs("rows") + " rows)")
                .toList();
    }
}
