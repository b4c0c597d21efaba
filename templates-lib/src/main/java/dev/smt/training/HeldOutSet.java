package dev.smt.training;

import dev.smt.fleet.OptimizationEvent;
import java.util.ArrayList;
import java.util.List;

/** Some rows of the examples that a model reads, with their labels as training sees them, and what it predicts for them. */
final class HeldOutSet {
    private final RankingModel model;
    private final int[] rows;
    private final List<EventRows> events;
    private final List<EventLoss> losses;
    private final int width;

    /**
     * Some rows.
     *
     * @param events of all rows of the examples
     */
    HeldOutSet(RankingModel model, int[] rows, List<EventRows> events, List<EventLoss> losses) {
        this.model = model;
        this.rows = rows;
        this.events = events;
        this.losses = losses;
        this.width = events.stream()
                .map(EventRows::event)
                .mapToInt(OptimizationEvent::outputs)
                .sum();
    }

    /**
     * The sum over the events of weight times mean evaluation loss over that of the best constant. An event that no row
     * knows adds nothing.
     */
    double normalizedEntropy() {
        float[] outputs = outputs();
        double sum = 0;
        int begin = 0;
        for (int event = 0; event < events.size(); event++) {
            EventRows labels = events.get(event);
            EventLoss loss = losses.get(event);
            double total = 0;
            int known = 0;
            for (int i = 0; i < rows.length; i++) {
                if (labels.has(rows[i])) {
                    total += loss.evaluation(outputs, i * width + begin, labels.labels()[rows[i]]);
                    known++;
                }
            }
            sum += known == 0 ? 0 : labels.event().weight() * total / known / loss.constantLoss();
            begin += labels.event().outputs();
        }
        return sum;
    }

    /**
     * The losses, those of 0/1 labels with the Platt scaling that fits the rows best that know the event, those of
     * logarithms of amounts with their smearing.
     */
    List<EventLoss> calibrated() {
        float[] outputs = outputs();
        List<EventLoss> calibrated = new ArrayList<>();
        int begin = 0;
        for (int event = 0; event < events.size(); event++) {
            EventLoss loss = losses.get(event);
            if (loss instanceof BinaryLoss binary) {
                loss = scaled(binary, events.get(event), outputs, begin);
            }
            calibrated.add(smeared(loss, events.get(event), outputs, begin));
            begin += events.get(event).event().outputs();
        }
        return calibrated;
    }

    /** The losses, those of logarithms of amounts with the smearing that fits the rows that know the event. */
    List<EventLoss> smeared() {
        if (losses.stream().noneMatch(loss -> loss instanceof AmountLoss amount && amount.isLogarithmic())) {
            return losses;
        }
        float[] outputs = outputs();
        List<EventLoss> smeared = new ArrayList<>();
        int begin = 0;
        for (int event = 0; event < events.size(); event++) {
            smeared.add(smeared(losses.get(event), events.get(event), outputs, begin));
            begin += events.get(event).event().outputs();
        }
        return smeared;
    }

    private EventLoss smeared(EventLoss loss, EventRows labels, float[] outputs, int begin) {
        if (!(loss instanceof AmountLoss amount) || !amount.isLogarithmic()) {
            return loss;
        }
        SmearingFit fit = new SmearingFit();
        for (int i = 0; i < rows.length; i++) {
            if (labels.has(rows[i])) {
                fit.add(labels.labels()[rows[i]], loss.prediction(outputs, i * width + begin));
            }
        }
        return amount.with(fit.factor());
    }

    private BinaryLoss scaled(BinaryLoss loss, EventRows labels, float[] outputs, int begin) {
        float[] logits = new float[rows.length];
        float[] known = new float[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (labels.has(rows[i])) {
                logits[count] = loss.calibrated(outputs[i * width + begin]);
                known[count++] = labels.labels()[rows[i]];
            }
        }
        return loss.with(PlattScaling.fit(logits, known, count));
    }

    /** What the network gives out for the rows [rows, O], flat. */
    private float[] outputs() {
        float[] outputs = new float[Math.multiplyExact(rows.length, width)];
        float[] batch = new float[model.capacity() * width];
        for (int from = 0; from < rows.length; from += model.capacity()) {
            int count = Math.min(model.capacity(), rows.length - from);
            model.predict(rows, from, count, batch);
            System.arraycopy(batch, 0, outputs, from * width, count * width);
        }
        return outputs;
    }
}
