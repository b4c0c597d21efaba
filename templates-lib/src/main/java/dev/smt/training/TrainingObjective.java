package dev.smt.training;

import java.util.Arrays;
import java.util.List;

/**
 * What training makes small: the sum over the events of weight times mean loss. A row that doesn't know an event adds 0
 * to its mean.
 */
final class TrainingObjective {
    private final List<EventRows> events;
    private final List<EventLoss> losses;
    private final TrainingRows rows;
    private final int width;

    TrainingObjective(List<EventRows> events, List<EventLoss> losses, TrainingRows rows) {
        this.events = events;
        this.losses = losses;
        this.rows = rows;
        this.width =
                events.stream().mapToInt(labels -> labels.event().outputs()).sum();
    }

    /** Where the outputs' biases start [O]. */
    float[] initialBiases() {
        float[] biases = new float[width];
        int at = 0;
        for (EventLoss loss : losses) {
            float[] own = loss.initialBiases();
            System.arraycopy(own, 0, biases, at, own.length);
            at += own.length;
        }
        return biases;
    }

    /** The value on all rows that are trained on, where the outputs are the same for all: at their initial biases. */
    double constantValue() {
        float[] biases = initialBiases();
        int[] row = new int[1];
        double sum = 0;
        for (int next = 0; next < rows.total(); next++) {
            if (rows.kept(next)) {
                row[0] = next;
                sum += batch(row, 0, 1, biases, new float[width]);
            }
        }
        return sum / rows.count();
    }

    /**
     * The value on a batch; its gradient by the outputs is written.
     *
     * @param order row numbers; those from {@code from} to before {@code from + count} are the batch
     * @param outputs [B, O], flat, as is the gradient
     */
    double batch(int[] order, int from, int count, float[] outputs, float[] gradient) {
        Arrays.fill(gradient, 0, count * width, 0);
        double sum = 0;
        int begin = 0;
        for (int event = 0; event < losses.size(); event++) {
            EventRows labels = events.get(event);
            EventLoss loss = losses.get(event);
            for (int b = 0; b < count; b++) {
                int row = order[from + b];
                if (labels.has(row)) {
                    double weight = labels.event().weight() * rows.weight(event, row);
                    float target = loss.target(labels.labels()[row]);
                    sum += weight * loss.gradient(outputs, b * width + begin, target, weight / count, gradient);
                }
            }
            begin += labels.event().outputs();
        }
        return sum / count;
    }
}
