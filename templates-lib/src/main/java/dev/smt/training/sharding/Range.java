package dev.smt.training.sharding;

/** A stretch of the flat dense parameters: from {@code from} to before {@code to}. */
public record Range(int from, int to) {
    public Range {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("a range from " + from + " to before " + to);
        }
    }

    /** One of so many nearly equal parts of {@code length} numbers: all but the last few have ceil(length / parts). */
    public static Range part(int part, int parts, int length) {
        int size = (length + parts - 1) / parts;
        return new Range((int) Math.min(length, (long) part * size), (int) Math.min(length, (part + 1L) * size));
    }

    public int length() {
        return to - from;
    }

    /** What both have; where they have nothing in common, an empty range. */
    public Range and(Range other) {
        int begin = Math.max(from, other.from);
        return new Range(begin, Math.max(begin, Math.min(to, other.to)));
    }
}
