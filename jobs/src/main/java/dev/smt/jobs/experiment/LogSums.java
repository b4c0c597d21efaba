package dev.smt.jobs.experiment;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.covar_samp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.smt.experiment.LoggedSample;
import dev.smt.experiment.LoggedSums;
import dev.smt.experiment.SampleMoments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** The numbers of {@link LoggedSample} as columns: of a row, of a unit as sums over its rows, of a log. */
final class LogSums {
    static final String UNITS = "units";
    static final String UNSUPPORTED = "unsupported";
    private static final String LARGEST = "largest_weight";
    private static final List<String> SUMMED = List.of(
            "squared_weights",
            "absolute_rewards",
            "squared_rewards",
            "clipped_reward",
            "clipped_correction",
            "clipped",
            UNSUPPORTED);

    private LogSums() {}

    /**
     * A row's numbers.
     *
     * @param whole the weight before clipping
     * @param weight after
     * @param unsupported 1 where no weight could be made, else 0
     */
    static List<Column> ofRow(
            Column reward,
            Column prediction,
            Column targetPrediction,
            Column whole,
            Column weight,
            Column unsupported) {
        Column weighted = weight.multiply(reward);
        Column cut = whole.minus(weight);
        Column error = reward.minus(prediction);
        return List.of(
                lit(1.0).as(number(LoggedSample.ROWS)),
                weight.as(number(LoggedSample.WEIGHT)),
                weighted.as(number(LoggedSample.WEIGHTED_REWARD)),
                reward.as(number(LoggedSample.REWARD)),
                targetPrediction.as(number(LoggedSample.TARGET_PREDICTION)),
                weight.multiply(error).as(number(LoggedSample.CORRECTION)),
                weight.multiply(weight).as("squared_weights"),
                abs(weighted).as("absolute_rewards"),
                weighted.multiply(weighted).as("squared_rewards"),
                cut.multiply(reward).as("clipped_reward"),
                cut.multiply(error).as("clipped_correction"),
                when(cut.gt(0), lit(1L)).otherwise(lit(0L)).as("clipped"),
                unsupported.as(UNSUPPORTED),
                whole.as(LARGEST));
    }

    /** A unit's numbers: sums of its rows'. */
    static List<Column> ofUnit() {
        List<Column> columns = new ArrayList<>();
        Stream.concat(numbers().stream(), SUMMED.stream())
                .forEach(name -> columns.add(sum(name).as(name)));
        columns.add(max(LARGEST).as(LARGEST));
        return columns;
    }

    /** A log's moments and sums. */
    static List<Column> ofLog() {
        List<Column> columns =
                new ArrayList<>(List.of(count(lit(1)).as(UNITS), max(LARGEST).as(LARGEST)));
        columns.add(sum(number(LoggedSample.ROWS)).as("rows"));
        SUMMED.forEach(name -> columns.add(sum(name).as(name)));
        for (int i = 0; i < LoggedSample.NUMBERS; i++) {
            columns.add(avg(number(i)).as(mean(i)));
            for (int j = 0; j <= i; j++) {
                columns.add(covar_samp(col(number(i)), col(number(j))).as(covariance(i, j)));
            }
        }
        return columns;
    }

    /** The sample of a log's row. */
    static LoggedSample sample(Row log) {
        double[] means = new double[LoggedSample.NUMBERS];
        double[][] covariances = new double[LoggedSample.NUMBERS][LoggedSample.NUMBERS];
        for (int i = 0; i < means.length; i++) {
            means[i] = log.getAs(mean(i));
            for (int j = 0; j <= i; j++) {
                covariances[i][j] = log.getAs(covariance(i, j));
                covariances[j][i] = covariances[i][j];
            }
        }
        LoggedSums sums = new LoggedSums(
                Math.round(log.<Double>getAs("rows")),
                log.getAs(UNSUPPORTED),
                log.getAs("squared_weights"),
                log.getAs("absolute_rewards"),
                log.getAs("squared_rewards"),
                log.getAs(LARGEST),
                log.getAs("clipped"),
                log.getAs("clipped_reward"),
                log.getAs("clipped_correction"));
        return new LoggedSample(SampleMoments.of(log.getAs(UNITS), means, covariances), sums);
    }

    private static List<String> numbers() {
        return Stream.iterate(0, i -> i + 1)
                .limit(LoggedSample.NUMBERS)
                .map(LogSums::number)
                .toList();
    }

    private static String number(int i) {
        return "number_" + i;
    }

    private static String mean(int i) {
        return "mean_" + i;
    }

    private static String covariance(int i, int j) {
        return "covariance_" + i + "_" + j;
    }
}
