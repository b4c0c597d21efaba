package dev.smt.fleet;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model is trained for: one label of its pipeline (paper, section 3.2.2). Its text form, as fleets write it, is
 * {@code label}, {@code label:amount} or {@code label:levels(5)}, then where there are any {@code |given} and
 * {@code *weight}: {@code purchase|click*0.5}.
 *
 * @param label the label's column
 * @param target what its values are
 * @param given a 0/1 label without which this one is not known (no conversion without a click): such rows don't count for
 *     this event; empty: all rows count
 * @param weight of its loss in the sum over the model's events, above 0
 */
public record OptimizationEvent(String label, Target target, String given, double weight) implements Serializable {
    private static final Pattern TEXT = Pattern.compile(
            "(?<label>[^:|*]+?)(:(?<target>amount|levels\\((?<levels>[0-9]{1,4})\\)))?(\\|(?<given>[^:|*]+?))?(\\*(?<weight>[0-9.eE+-]+))?");

    /** What the values of a label are. */
    public sealed interface Target extends Serializable {}

    /** 0 or 1: a click, a conversion. */
    public record Binary() implements Target {}

    /** A number, such as an order's value. */
    public record Amount() implements Target {}

    /**
     * Ordered levels 0 to {@code count - 1}, such as a rating.
     *
     * @param count 2 or more
     */
    public record Levels(int count) implements Target {
        public Levels {
            if (count < 2) {
                throw new IllegalArgumentException("number of levels is " + count + "; allowed: 2 or more");
            }
        }
    }

    public OptimizationEvent {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(given, "given");
        if (label == null || label.isBlank()) {
            throw new IllegalArgumentException("an event's label is " + (label == null ? "missing" : "blank"));
        }
        if (given.equals(label)) {
            throw new IllegalArgumentException("event " + label + " is given itself; name another label, or none");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight of event " + label + " is " + weight + "; allowed: above 0");
        }
    }

    /** A 0/1 label that every row has, of weight 1. */
    public static OptimizationEvent binary(String label) {
        return new OptimizationEvent(label, new Binary(), "", 1);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static OptimizationEvent parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("event is \"" + text + "\"; allowed: label, label:amount or "
                    + "label:levels(5), then |given and *weight where wanted, such as purchase|click*0.5");
        }
        String given = matcher.group("given") == null ? "" : matcher.group("given");
        return new OptimizationEvent(matcher.group("label"), target(matcher), given, weight(text, matcher));
    }

    private static Target target(Matcher matcher) {
        if (matcher.group("target") == null) {
            return new Binary();
        }
        return matcher.group("levels") == null ? new Amount() : new Levels(Integer.parseInt(matcher.group("levels")));
    }

    private static double weight(String text, Matcher matcher) {
        String weight = matcher.group("weight");
        try {
            return weight == null ? 1 : Double.parseDouble(weight);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "weight of event \"" + text + "\" is " + weight + "; allowed: a number above 0", e);
        }
    }

    /** Whether every row has the label. */
    public boolean isUnconditional() {
        return given.isEmpty();
    }

    /** Numbers that the network gives out for it: one, or one per threshold between levels. */
    public int outputs() {
        return target instanceof Levels levels ? levels.count() - 1 : 1;
    }

    /** The text form; {@link #parse} reads it back. */
    @Override
    public String toString() {
        String kind = "";
        if (target instanceof Amount) {
            kind = ":amount";
        } else if (target instanceof Levels levels) {
            kind = ":levels(" + levels.count() + ")";
        }
        return label + kind + (given.isEmpty() ? "" : "|" + given) + (weight == 1 ? "" : "*" + weight);
    }
}
