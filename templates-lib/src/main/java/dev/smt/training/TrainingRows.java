package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.Mixing;
import dev.smt.fleet.OptimizationEvent.Binary;
import java.util.List;

/** The training rows as a data template lets a model see them: which are kept, and what each weighs. */
final class TrainingRows {
    private final boolean[] kept;
    private final float[] weights;
    private final List<EventRows> events;
    private final double negativeRate;
    private final int count;

    private TrainingRows(boolean[] kept, float[] weights, List<EventRows> events, double negativeRate) {
        this.kept = kept;
        this.weights = weights;
        this.events = events;
        this.negativeRate = negativeRate;
        int keptRows = 0;
        double weightSum = 0;
        for (int row = 0; row < kept.length; row++) {
            if (kept[row]) {
                keptRows++;
                weightSum += weights[row];
            }
        }
        this.count = keptRows;
        float normalization = (float) (keptRows / weightSum);
        for (int row = 0; row < kept.length; row++) {
            weights[row] *= normalization;
        }
    }

    /**
     * Chooses and weighs the rows: those that know an event, and of those that are negative for the main event a share.
     *
     * @param events the main event first
     * @param heldOut rows that are not kept
     * @throws TrainingFailedException when no row knows an event, or negatives are to be left out of a main event that
     *     has none
     */
    static TrainingRows of(
            EncodedExamples examples, List<EventRows> events, DataTemplate template, HeldOutRows heldOut) {
        EventRows main = events.get(0);
        boolean sampled = template.negativeRate() < 1;
        if (sampled && !(main.event().target() instanceof Binary)) {
            throw new TrainingFailedException("the main event, " + main.event() + ", has no negatives to leave out; "
                    + "set data.negative-rate to 1");
        }
        boolean[] kept = new boolean[examples.rows()];
        float[] weights = new float[kept.length];
        boolean any = false;
        Recency recency = Recency.of(examples, template.recencyHalfLife());
        for (int row = 0; row < kept.length; row++) {
            kept[row] = heldOut.trains(row)
                    && isKnown(events, row)
                    && (!sampled
                            || main.labels()[row] == 1
                            || Mixing.unit(examples.rowHash(row), 0) < template.negativeRate());
            weights[row] = recency.weight(examples.time(row));
            any |= kept[row];
        }
        if (!any) {
            throw new TrainingFailedException("none of " + kept.length + " training rows has a label of "
                    + events.stream().map(EventRows::event).toList());
        }
        return new TrainingRows(kept, weights, events, template.negativeRate());
    }

    private static boolean isKnown(List<EventRows> events, int row) {
        for (EventRows event : events) {
            if (event.has(row)) {
                return true;
            }
        }
        return false;
    }

    /** Number of rows, kept or not. */
    int total() {
        return kept.length;
    }

    /** Number of kept rows. */
    int count() {
        return count;
    }

    boolean kept(int row) {
        return kept[row];
    }

    /**
     * A row's weight for an event; the mean over the kept rows is 1 for the main event. For the others, a kept negative of
     * the main event stands for those that were left out.
     */
    float weight(int event, int row) {
        boolean standsForOthers = event > 0 && negativeRate < 1 && events.get(0).labels()[row] != 1;
        return standsForOthers ? (float) (weights[row] / negativeRate) : weights[row];
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
