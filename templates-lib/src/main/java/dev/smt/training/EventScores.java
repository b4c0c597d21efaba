package dev.smt.training;

import dev.smt.fleet.OptimizationEvent.Binary;
import dev.smt.metric.Auc;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import java.util.Arrays;

/** Collects one event's losses and predictions over evaluation rows. */
final class EventScores {
    private final EventLoss loss;
    private final EventRows labels;
    private final BucketedLoss losses = new BucketedLoss();
    private final float[] scores;
    private final float[] known;
    private double predicted;
    private double actual;
    private int count;

    EventScores(EventLoss loss, EventRows labels) {
        this.loss = loss;
        this.labels = labels;
        this.scores = new float[labels.labels().length];
        this.known = new float[scores.length];
    }

    /** Adds a row; the event's outputs begin at {@code at}. */
    void add(int bucket, float[] outputs, int at, float label) {
        losses.add(bucket, loss.evaluation(outputs, at, label));
        predicted += loss.prediction(outputs, at);
        actual += label;
        // The logit ranks as the probability does, and keeps apart what rounds to the same probability.
        scores[count] = outputs[at];
        known[count++] = label;
    }

    /**
     * What the rows say.
     *
     * @throws IllegalArgumentException when no row was added
     * @throws TrainingFailedException when the mean loss is not finite
     */
    Evaluation evaluation() {
        double mean = meanLoss();
        boolean binary = labels.event().target() instanceof Binary;
        double auc = binary ? Auc.of(Arrays.copyOf(scores, count), Arrays.copyOf(known, count)) : Double.NaN;
        double calibration = actual == 0 ? Double.NaN : predicted / actual;
        long positives = binary ? Math.round(actual) : 0;
        return new Evaluation(mean / loss.constantLoss(), mean, auc, calibration, positives, losses);
    }

    /** The mean loss over that of the best constant, refused as {@link #evaluation} is. */
    double normalizedEntropy() {
        return meanLoss() / loss.constantLoss();
    }

    private double meanLoss() {
        String label = labels.event().label();
        if (count == 0) {
            throw new IllegalArgumentException("no rows to evaluate label " + label + " on: none of " + scores.length
                    + " has " + labels.event().given() + " = 1");
        }
        double mean = losses.totalLoss() / count;
        if (!Double.isFinite(mean)) {
            throw new TrainingFailedException("the loss of label " + label + " is " + mean + " on " + count
                    + " evaluation rows: the model diverged; lower the learning rates");
        }
        return mean;
    }
}
