package dev.smt.jobs.mmo;

/** Half minutes in turn, by the clock that the processes of a machine share: readers ask in every second one. */
final class ReadingTurns {
    private static final long MILLISECONDS = 30_000;

    private ReadingTurns() {}

    /** Whether readers ask at a time, in milliseconds since the epoch. */
    static boolean asks(long time) {
        return time / MILLISECONDS % 2 == 1;
    }

    /** Whether a turn has both ends. */
    static boolean same(long start, long end) {
        return start / MILLISECONDS == end / MILLISECONDS;
    }
}
