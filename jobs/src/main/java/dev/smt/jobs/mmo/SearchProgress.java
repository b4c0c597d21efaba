package dev.smt.jobs.mmo;

import java.util.List;

/**
 * How far a technique's search came.
 *
 * @param trials all, by number
 * @param end why it ended
 */
record SearchProgress(List<CompletedTrial> trials, End end) {
    SearchProgress {
        trials = List.copyOf(trials);
    }

    /** Why a search ended. */
    enum End {
        /** Its trials are done; more may help. */
        TRIALS_DONE,
        /** The next suggestion is expected to gain too little. */
        LITTLE_TO_GAIN,
        /** The search space has no more points. */
        SPACE_EXHAUSTED
    }
}
