package dev.smt.training;

/**
 * The rows of a batch that one worker has: those from {@code begin} to before {@code end}.
 *
 * @param worker its number
 */
record Slice(int worker, int begin, int end) {
    /** Slices of nearly equal size. */
    static Slice of(int worker, int workers, int count) {
        return new Slice(
                worker, (int) ((long) count * worker / workers), (int) ((long) count * (worker + 1) / workers));
    }

    int count() {
        return end - begin;
    }
}
