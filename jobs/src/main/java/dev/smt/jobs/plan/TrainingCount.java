package dev.smt.jobs.plan;

import java.util.Locale;

/**
 * How many trainings there will be: exactly, or between two numbers where it depends on results.
 *
 * @param least 0 or more
 * @param most least or more
 */
public record TrainingCount(long least, long most) {
    public static final TrainingCount NONE = new TrainingCount(0, 0);

    public TrainingCount {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException("from " + least + " to " + most + "; allowed: 0 or more, and no less");
        }
    }

    public static TrainingCount of(long exactly) {
        return new TrainingCount(exactly, exactly);
    }

    static TrainingCount atMost(long most) {
        return new TrainingCount(0, most);
    }

    TrainingCount plus(TrainingCount other) {
        return new TrainingCount(least + other.least, most + other.most);
    }

    TrainingCount times(long factor) {
        return new TrainingCount(least * factor, most * factor);
    }

    TrainingCount times(TrainingCount other) {
        return new TrainingCount(least * other.least, most * other.most);
    }

    /** In words, such as {@code 12}, {@code at most 40} or {@code 12 to 40}. */
    @Override
    public String toString() {
        if (least == most) {
            return String.format(Locale.ROOT, "%,d", most);
        }
        return least == 0
                ? String.format(Locale.ROOT, "at most %,d", most)
                : String.format(Locale.ROOT, "%,d to %,d", least, most);
    }
}
