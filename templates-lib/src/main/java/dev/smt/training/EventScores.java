package dev.smt.training;

import dev.smt.fleet.OptimizationEvent.Binary;
import dev.smt.metric.EvaluatedRows;
import dev.smt.metric.Evaluation;

/** Collects one event's losses and predictions over evaluation rows. */
final class EventScores {
    private final EventLoss loss;
    private final EventRows labels;
    private final EvaluatedRows rows = new EvaluatedRows();

    EventScores(EventLoss loss, EventRows labels) {
        this.loss = loss;
        this.labels = labels;
    }

    /** Adds a row; the event's outputs begin at {@code at}. */
    void add(int bucket, float[] outputs, int at, float label) {
        // The logit ranks as the probability does, and keeps apart what rounds to the same probability.
        rows.add(bucket, label, outputs[at], loss.prediction(outputs, at), loss.evaluation(outputs, at, label));
    }

    /** Number of rows. */
    int count() {
        return rows.count();
    }

    /**
     * What the rows say.
     *
     * @throws IllegalArgumentException when no row was added
     * @throws TrainingFailedException when the mean loss is not finite
     */
    Evaluation evaluation() {
        return evaluation(loss.constantLoss());
    }

    /** What the rows say beside the best constant of other training rows, refused as {@link #evaluation()} is. */
    Evaluation evaluation(double constantLoss) {
        requireFiniteLoss();
        return rows.evaluation(constantLoss, labels.event().target() instanceof Binary);
    }

    /** The mean loss over that of the best constant, refused as {@link #evaluation()} is. */
    double normalizedEntropy() {
        return requireFiniteLoss() / loss.constantLoss();
    }

    private double requireFiniteLoss() {
        String label = labels.event().label();
        if (rows.count() == 0) {
            throw new IllegalArgumentException("no rows to evaluate label " + label + " on: none of "
                    + labels.labels().length + " has " + labels.event().given() + " = 1");
        }
        double mean = rows.meanLoss();
        if (!Double.isFinite(mean)) {
            throw new TrainingFailedException("the loss of label " + label + " is " + mean + " on " + rows.count()
                    + " evaluation rows: the model diverged; lower the learning rates");
        }
        return mean;
    }
}
