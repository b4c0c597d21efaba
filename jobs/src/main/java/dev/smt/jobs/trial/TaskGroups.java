package dev.smt.jobs.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * Which pieces of work go into one Spark task. A task costs its slot some 10 ms beside the work, so pieces that are shorter than
 * that go together; those that take a quarter of a second or more stay alone, and so do all until some have been timed.
 * Safe for several threads.
 */
final class TaskGroups {
    /** A task takes this long, or holds one piece. */
    private static final double TASK_SECONDS = 0.25;
    /** As many tasks per slot at least, so that one that takes longer than expected leaves the others to fill the slots. */
    private static final int TASKS_PER_SLOT = 4;
    /** What a time weighs after the next one: some 50 count. */
    private static final double MEMORY = 0.98;

    private double pieces;
    private double costs;
    private double seconds;

    /** Hears how long a piece took on its executor. */
    synchronized void took(long cost, double pieceSeconds) {
        pieces = MEMORY * pieces + 1;
        costs = MEMORY * costs + cost;
        seconds = MEMORY * seconds + pieceSeconds;
    }

    /**
     * Groups of pieces that follow each other.
     *
     * @param ordered costs of the pieces
     * @param slots pieces that are worked on at once
     * @return the number of pieces in each group, in order
     */
    synchronized List<Integer> sizes(List<Long> ordered, int slots) {
        int most = Math.max(1, ordered.size() / (TASKS_PER_SLOT * slots));
        List<Integer> sizes = new ArrayList<>();
        int size = 0;
        double expected = 0;
        for (long cost : ordered) {
            double next = expected(cost);
            if (size > 0 && (size >= most || expected + next > TASK_SECONDS)) {
                sizes.add(size);
                size = 0;
                expected = 0;
            }
            size++;
            expected += next;
        }
        if (size > 0) {
            sizes.add(size);
        }
        return sizes;
    }

    /** Seconds of a piece: as the mean one, or by its cost, whichever is longer; without end where none was timed. */
    private double expected(long cost) {
        if (pieces == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double byCost = costs > 0 ? seconds * cost / costs : 0;
        return Math.max(seconds / pieces, byCost);
    }
}
