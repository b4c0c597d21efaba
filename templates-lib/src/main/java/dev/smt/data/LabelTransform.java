package dev.smt.data;

import dev.smt.feature.Declaration;
import java.io.Serializable;
import java.util.List;

/**
 * How a label is seen in training (paper, section 3.2.1). Evaluation always uses the label as it is. The text forms:
 * {@code log1p(value)}, {@code clip(value, 0, 100)}, {@code binarize(watch_ms, 18000)} and
 * {@code window(purchase, purchase_delay_hours, 24)}.
 */
public sealed interface LabelTransform extends Serializable {

    /** The label that it changes. */
    String label();

    /** The text form; {@link #parse} reads it back. */
    String text();

    /**
     * ln(1 + y), for amounts of at least 0. Predictions are taken back by s e^t - 1, where the factor s, Duan's smearing
     * estimate, makes them means: e^t - 1 would be near the median, below the mean.
     */
    record Log1p(String label) implements LabelTransform {
        @Override
        public String text() {
            return Declaration.text("log1p", label);
        }
    }

    /** The nearest value in [low, high]; predictions stay inside. */
    record Clip(String label, double low, double high) implements LabelTransform {
        public Clip {
            if (!(low < high)) {
                throw new IllegalArgumentException("clip of " + label + " is from " + low + " to " + high
                        + "; allowed: a lower bound below the upper one");
            }
        }

        @Override
        public String text() {
            return Declaration.text("clip", label, low, high);
        }
    }

    /** 1 where the value is at least the threshold, else 0: for training and evaluation, since it makes the event. */
    record Binarize(String label, double threshold) implements LabelTransform {
        public Binarize {
            if (!Double.isFinite(threshold)) {
                throw new IllegalArgumentException("threshold of " + label + " is " + threshold);
            }
        }

        @Override
        public String text() {
            return Declaration.text("binarize", label, threshold);
        }
    }

    /**
     * Attribution window: a conversion counts in training only where it came within some hours, as it would be known when
     * the model is trained.
     *
     * @param delay the label column with the hours from the impression to the conversion
     * @param hours above 0
     */
    record Window(String label, String delay, double hours) implements LabelTransform {
        public Window {
            if (!(hours > 0)) {
                throw new IllegalArgumentException("window of " + label + " is " + hours + " hours; allowed: above 0");
            }
        }

        @Override
        public String text() {
            return Declaration.text("window", label, delay, hours);
        }
    }

    /**
     * Reads a text form.
     *
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    static LabelTransform parse(String text) {
        Declaration declaration = Declaration.parse(text);
        List<String> arguments = declaration.arguments();
        return switch (declaration.name() + "/" + arguments.size()) {
            case "log1p/1" -> new Log1p(arguments.get(0));
            case "clip/3" -> new Clip(arguments.get(0), declaration.number(1), declaration.number(2));
            case "binarize/2" -> new Binarize(arguments.get(0), declaration.number(1));
            case "window/3" -> new Window(arguments.get(0), arguments.get(1), declaration.number(2));
            default -> throw new IllegalArgumentException("label transform is \"" + text
                    + "\"; allowed: log1p(label), clip(label, low, high), binarize(label, threshold), "
                    + "window(label, delay label, hours)");
        };
    }

    /** The value that training sees. */
    default float apply(float value, float delayHours) {
        if (this instanceof Log1p) {
            return (float) Math.log1p(value);
        }
        if (this instanceof Clip clip) {
            return (float) Math.max(clip.low, Math.min(clip.high, value));
        }
        if (this instanceof Binarize binarize) {
            return value >= binarize.threshold ? 1 : 0;
        }
        return delayHours <= ((Window) this).hours ? value : 0;
    }

    /** A prediction of what training sees, as a prediction of the label. */
    default double invert(double value) {
        if (this instanceof Log1p) {
            return Math.expm1(value);
        }
        return this instanceof Clip clip ? Math.max(clip.low, Math.min(clip.high, value)) : value;
    }
}
