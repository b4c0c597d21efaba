package dev.smt.jobs.trial;

import dev.smt.jobs.config.ConfigSection;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * Section {@code executors}: how executors work. It changes no result, but for trainings that take longer than the limit.
 * Executors read it from the application's Spark settings.
 *
 * @param trainingLimit a training that takes longer is stopped, and fails
 */
public record ExecutorSettings(Duration trainingLimit) {
    private static final String TRAINING_LIMIT = "spark.smt.training.limit.seconds";
    private static final double DEFAULT_HOURS = 24;
    private static final double SECONDS_PER_HOUR = 3600;

    public static ExecutorSettings read(ConfigSection section) {
        double hours = section.real(
                "training-limit-hours",
                DEFAULT_HOURS,
                value -> value > 0 && Double.isFinite(value),
                "above 0 (hours after which a training is stopped)");
        return new ExecutorSettings(Duration.ofMillis(Math.round(hours * SECONDS_PER_HOUR * 1e3)));
    }

    static ExecutorSettings of(SparkConf conf) {
        double seconds = conf.getDouble(TRAINING_LIMIT, DEFAULT_HOURS * SECONDS_PER_HOUR);
        return new ExecutorSettings(Duration.ofMillis(Math.round(seconds * 1e3)));
    }

    /** As settings of a Spark application. */
    public Map<String, String> spark() {
        return Map.of(TRAINING_LIMIT, Double.toString(trainingLimit.toMillis() / 1e3));
    }
}
