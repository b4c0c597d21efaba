package dev.smt.jobs.experiment;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.covar_samp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.smt.experiment.Arm;
import dev.smt.experiment.ControlledExperiment;
import dev.smt.experiment.SampleMoments;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.experiment.ControlledQuery.PerUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Evaluates A/B tests: rows become units, and units moments, on the executors; only the moments come to the driver. */
public final class ControlledJob {
    static final String EXPERIMENT = "experiment";
    private static final String UNIT = "unit";
    static final String ARM = "arm";
    private static final String METRIC = "metric";
    private static final String COVARIATE = "covariate";
    private static final String OFFLINE = "offline";

    private final ControlledQuery query;

    public ControlledJob(ControlledQuery query) {
        this.query = query;
    }

    /**
     * Evaluates every experiment of a table, in the order of their names.
     *
     * @throws InvalidInputException with all problems of the table
     */
    public List<ControlledResult> run(Dataset<Row> input) {
        ConfigProblems problems = new ConfigProblems();
        NamedColumns columns = new NamedColumns(input, problems);
        List<Column> asked = List.of(
                columns.text("--experiment", query.experiment(), EXPERIMENT),
                columns.text("--unit", query.unit(), UNIT),
                columns.text("--arm", query.arm(), ARM),
                columns.number("--metric", query.metric(), METRIC),
                columns.number("--covariate", query.covariate(), COVARIATE),
                columns.number("--offline", query.offline(), OFFLINE));
        problems.throwIfAny();
        BadRows bad = badRows();
        Dataset<Row> arms = arms(input.select(asked.toArray(Column[]::new)), bad);
        List<Row> rows = Sums.collect(arms, "--arm");
        List<String> found = new ArrayList<>(bad.problems(rows));
        found.addAll(new ArmChecks(query).problems(rows));
        if (!found.isEmpty()) {
            throw new InvalidInputException(found);
        }
        return new ArmChecks(query)
                .byExperiment(rows).entrySet().stream()
                        .map(entry -> result(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private BadRows badRows() {
        BadRows bad = new BadRows()
                .present(UNIT, "--unit", query.unit())
                .present(ARM, "--arm", query.arm())
                .finite(METRIC, "--metric", query.metric(), "");
        query.experiment().ifPresent(text -> bad.present(EXPERIMENT, "--experiment", text));
        query.covariate()
                .ifPresent(text -> bad.finite(
                        COVARIATE,
                        "--covariate",
                        text,
                        ", such as coalesce(" + text + ", 0) for units without a past"));
        query.offline()
                .ifPresent(text -> bad.rule(
                        OFFLINE,
                        col(OFFLINE).isNotNull().and(not(BadRows.isFinite(OFFLINE))),
                        "--offline (\"" + text + "\") is NaN or infinite; allowed: percent NE, or nothing"));
        return bad;
    }

    /** A row per experiment and arm. A unit's arm is its first; {@code crossed} counts the units that have another, too. */
    private Dataset<Row> arms(Dataset<Row> rows, BadRows bad) {
        List<Column> perUnit = new ArrayList<>(List.of(
                max(ARM).as("last_arm"),
                (query.perUnit() == PerUnit.sum ? sum(METRIC) : avg(METRIC)).as(METRIC),
                avg(COVARIATE).as(COVARIATE),
                min(OFFLINE).as("least_offline"),
                max(OFFLINE).as("most_offline")));
        perUnit.addAll(bad.sums());
        Column crossed = col(UNIT).isNotNull().and(col(ARM).notEqual(col("last_arm")));
        List<Column> perArm = new ArrayList<>(List.of(
                sum(when(crossed, lit(1L)).otherwise(lit(0L))).as("crossed"),
                max(when(crossed, col(UNIT))).as("crossed_unit"),
                avg(METRIC).as("metric_mean"),
                avg(COVARIATE).as("covariate_mean"),
                covar_samp(METRIC, METRIC).as("metric_variance"),
                covar_samp(METRIC, COVARIATE).as("covariance"),
                covar_samp(COVARIATE, COVARIATE).as("covariate_variance"),
                min("least_offline").as("least_offline"),
                max("most_offline").as("most_offline")));
        perArm.addAll(bad.sums());
        List<Column> flagged = new ArrayList<>(List.of(col("*")));
        flagged.addAll(bad.flags());
        return rows.select(flagged.toArray(Column[]::new))
                .groupBy(EXPERIMENT, UNIT)
                .agg(min(ARM).as(ARM), perUnit.toArray(Column[]::new))
                .groupBy(EXPERIMENT, ARM)
                .agg(count(lit(1)).as("units"), perArm.toArray(Column[]::new))
                .orderBy(EXPERIMENT, ARM);
    }

    private ControlledResult result(String experiment, List<Row> rows) {
        List<Arm> arms = rows.stream().map(this::arm).toList();
        return new ControlledResult(
                experiment,
                ControlledExperiment.of(
                        arms, new ArmChecks(query).control(ArmChecks.names(rows)), query.shares(), query.level()),
                ArmChecks.offline(rows));
    }

    private Arm arm(Row row) {
        long units = row.getAs("units");
        double mean = row.getAs("metric_mean");
        double variance = row.getAs("metric_variance");
        SampleMoments moments = query.covariate().isEmpty()
                ? SampleMoments.of(units, new double[] {mean}, new double[][] {{variance}})
                : SampleMoments.of(units, new double[] {mean, row.getAs("covariate_mean")}, new double[][] {
                    {variance, row.getAs("covariance")},
                    {row.getAs("covariance"), row.getAs("covariate_variance")}
                });
        return new Arm(row.getAs(ARM), moments);
    }
}
