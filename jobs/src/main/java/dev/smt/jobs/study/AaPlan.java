package dev.smt.jobs.study;

import java.util.ArrayList;
import java.util.List;

/**
 * What an A/A study does.
 *
 * @param simulated decisions per effect with drawn noise
 * @param trained decisions per effect with trained models
 * @param seeds how often each baseline is trained
 * @param effects true effects, in percent NE; 0 is the A/A proper
 */
public record AaPlan(int simulated, int trained, int seeds, List<Double> effects) {
    private static final int LEAST_SEEDS = 3;

    /** @throws IllegalArgumentException with all problems */
    public AaPlan {
        effects = List.copyOf(effects);
        List<String> problems = new ArrayList<>();
        if (simulated < 1) {
            problems.add("--simulated is " + simulated + "; allowed: 1 or more");
        }
        if (trained < 0) {
            problems.add("--trained is " + trained + "; allowed: 0 or more");
        }
        if (seeds < LEAST_SEEDS) {
            problems.add("--seeds is " + seeds + "; allowed: " + LEAST_SEEDS + " or more");
        }
        if (effects.isEmpty() || effects.stream().anyMatch(effect -> !Double.isFinite(effect))) {
            problems.add("--effects is " + effects + "; allowed: finite numbers (percent NE), at least one");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** What is wrong with the plan for a study of so many trials and replicates; empty where nothing is. */
    List<String> problems(int trials, int replicates) {
        int needed = 1 + trials + 2 * replicates;
        return trained > 0 && seeds < needed
                ? List.of("--seeds is " + seeds + "; a trained decision needs " + needed + " (1 + mmo.trials + 2 x"
                        + " mmo.replicates), more of them make the decisions less alike; or give --trained 0")
                : List.of();
    }
}
