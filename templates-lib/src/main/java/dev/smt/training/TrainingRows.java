package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.Mixing;

/** The training rows as a data template lets a model see them: which are kept, and what each weighs. */
final class TrainingRows {
    private final boolean[] kept;
    private final float[] weights;
    private final int count;
    private final double baseRate;
    private final double keptRate;

    private TrainingRows(boolean[] kept, float[] weights, float[] labels) {
        this.kept = kept;
        this.weights = weights;
        long positives = 0;
        int keptRows = 0;
        double weightSum = 0;
        double positiveWeight = 0;
        for (int row = 0; row < kept.length; row++) {
            positives += labels[row] == 1 ? 1 : 0;
            if (kept[row]) {
                keptRows++;
                weightSum += weights[row];
                positiveWeight += labels[row] * weights[row];
            }
        }
        this.count = keptRows;
        this.baseRate = (double) positives / kept.length;
        this.keptRate = positiveWeight / weightSum;
        float normalization = (float) (keptRows / weightSum);
        for (int row = 0; row < kept.length; row++) {
            weights[row] *= normalization;
        }
    }

    /**
     * Chooses and weighs the rows.
     *
     * @param heldOut rows that are not kept
     * @throws TrainingFailedException when the label is not 0 or 1 everywhere, or all kept rows have the same
     */
    static TrainingRows of(EncodedExamples examples, String label, DataTemplate template, HeldOutRows heldOut) {
        float[] labels = examples.label(label);
        boolean[] kept = new boolean[labels.length];
        float[] weights = new float[labels.length];
        long[] keptByClass = new long[2];
        Recency recency = Recency.of(examples, template.recencyHalfLife());
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] != 0 && labels[row] != 1) {
                throw new TrainingFailedException(
                        "label " + label + " is " + labels[row] + " in row " + row + "; allowed: 0 or 1");
            }
            kept[row] = heldOut.trains(row)
                    && (labels[row] == 1 || Mixing.unit(examples.rowHash(row), 0) < template.negativeRate());
            weights[row] = recency.weight(examples.time(row));
            keptByClass[(int) labels[row]] += kept[row] ? 1 : 0;
        }
        if (keptByClass[0] == 0 || keptByClass[1] == 0) {
            throw new TrainingFailedException("label " + label + " has one class only: " + keptByClass[1]
                    + " positive and " + keptByClass[0] + " negative rows of " + labels.length
                    + " are left at a negative rate of " + template.negativeRate());
        }
        return new TrainingRows(kept, weights, labels);
    }

    /** Number of kept rows. */
    int count() {
        return count;
    }

    boolean kept(int row) {
        return kept[row];
    }

    /** A row's weight; the mean over the kept rows is 1. */
    float weight(int row) {
        return weights[row];
    }

    /** Share of positives of all rows, kept or not. */
    double baseRate() {
        return baseRate;
    }

    /** Weighted share of positives of the kept rows. */
    double keptRate() {
        return keptRate;
    }

    private record Recency(long last, double halfLife) {
        static Recency of(EncodedExamples examples, double share) {
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            for (int row = 0; row < examples.rows(); row++) {
                first = Math.min(first, examples.time(row));
                last = Math.max(last, examples.time(row));
            }
            double period = (double) last - first;
            return new Recency(last, period > 0 ? share * period : Double.POSITIVE_INFINITY);
        }

        float weight(long time) {
            return (float) Math.pow(0.5, (last - time) / halfLife);
        }
    }
}
