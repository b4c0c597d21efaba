package dev.smt.jobs.generate;

import java.util.List;
import java.util.Map;

/**
 * The planted truth of a world, one JSON file per component in the folder {@code truth}: what a good system should
 * find. {@code docs/generate.md} describes the files.
 *
 * @param world the world's configuration; its file is written last, so that it marks a complete world
 * @param features what every feature means to the labels
 * @param effects where the planted effects are
 * @param clusters what the models were drawn from
 * @param techniques what to expect of the techniques
 * @param oracle the best predictions there can be
 */
public record WorldTruth(
        World world, Features features, Effects effects, Clusters clusters, Techniques techniques, Oracle oracle) {
    /** Raised when a key changes its meaning. */
    public static final int FORMAT_VERSION = 1;

    /**
     * @param configuration the section {@code generate} as it was resolved, without what does not change the rows
     * @param pipelines names of the data pipelines: surface, hyphen, country
     */
    public record World(int formatVersion, Map<String, Object> configuration, List<String> pipelines) {}

    /** All features, and by that the informative ones of each type. */
    public record Features(List<PlantedFeature> features) {}

    /** Where each planted effect is. */
    public record Effects(History history, Drift drift, Interaction interaction) {}

    /**
     * On some surfaces the categories of the latest entries of the histories move every label.
     *
     * @param strength standard deviation on the logit
     * @param window how many of the latest entries count, all the same
     */
    public record History(List<String> features, List<String> surfaces, double strength, int window) {}

    /**
     * On some surfaces a feature's effect turns over the period.
     *
     * @param strength standard deviation on the logit
     * @param halfTurns over the period; 1: the effect at the end is the reverse of that at the beginning
     */
    public record Drift(String feature, List<String> surfaces, double strength, double halfTurns) {}

    /**
     * The product of two sums of numeric features moves the logit of some labels, beside the features' own effects.
     *
     * @param factors the features that each factor sums; empty where nothing is planted
     * @param strength standard deviation on the logit
     */
    public record Interaction(List<List<String>> factors, List<String> labels, double strength) {}

    /** The planted clusters. */
    public record Clusters(List<Cluster> clusters) {}

    /** What the models of a cluster share (FLOPs: the mean of log10), and their ids. */
    public record Cluster(
            int cluster,
            String rankingStage,
            double log10Flops,
            String hardware,
            String event,
            String surface,
            String dataConstraint,
            List<String> models) {}

    /** What to expect of the techniques. */
    public record Techniques(List<TechniqueTruth> techniques) {}

    /**
     * What to expect of a technique on this world.
     *
     * @param planted true: the world was made so; false: it follows from what is known of the technique, direction only
     * @param verdict helps (some models, none is hurt), hurts, or mixed (helps some and hurts others)
     * @param region the parameters' ranges in which that holds; a parameter that is not named may be anything
     * @param helps ids of the models
     * @param hurts ids of the models
     * @param neutral ids of the models to which it makes no difference but noise
     */
    public record TechniqueTruth(
            String technique,
            boolean planted,
            String verdict,
            List<Range> region,
            List<String> helps,
            List<String> hurts,
            List<String> neutral,
            String why) {}

    /** A closed range of a technique's parameter. */
    public record Range(String parameter, double low, double high) {}

    /** The best predictions there can be: each row's true probabilities, against its labels. */
    public record Oracle(List<OracleCell> cells) {}

    /** A label of a pipeline. */
    public record OracleCell(String pipeline, String label, List<OracleDay> days) {}

    /**
     * @param day from 0
     * @param logLoss mean over the day's rows, in nats, of the true probabilities
     */
    public record OracleDay(int day, long rows, long positives, double logLoss) {}

    /** The cluster that each model was drawn from. */
    public Map<String, Integer> clusterOfModel() {
        Map<String, Integer> result = new java.util.TreeMap<>();
        clusters.clusters().forEach(cluster -> cluster.models().forEach(id -> result.put(id, cluster.cluster())));
        return result;
    }

    /**
     * The NE of the true probabilities: no model's NE can be lower but by luck.
     *
     * @param trainDays days from 0 to below it give the base rate
     * @param fromDay first evaluation day
     * @param toDay day after the last evaluation day
     * @return NaN where the rows are not enough
     * @throws IllegalArgumentException when the world has no such cell
     */
    public double oracleNe(String pipeline, String label, int trainDays, int fromDay, int toDay) {
        OracleCell cell = oracle.cells().stream()
                .filter(one -> one.pipeline().equals(pipeline) && one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no label " + label + " of pipeline " + pipeline));
        double trainRows = 0;
        double positives = 0;
        double rows = 0;
        double loss = 0;
        for (OracleDay day : cell.days()) {
            if (day.day() < trainDays) {
                trainRows += day.rows();
                positives += day.positives();
            }
            if (day.day() >= fromDay && day.day() < toDay) {
                rows += day.rows();
                loss += day.rows() * day.logLoss();
            }
        }
        double rate = positives / trainRows;
        return loss / rows / -(rate * Math.log(rate) + (1 - rate) * Math.log1p(-rate));
    }
}
