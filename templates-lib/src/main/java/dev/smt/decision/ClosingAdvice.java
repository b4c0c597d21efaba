package dev.smt.decision;

import java.util.List;
import java.util.OptionalInt;

/**
 * What it would take to close an open verdict, if the estimated effects are the true ones: more replicates, which make the
 * training's noise smaller, or more evaluation rows, which make theirs smaller. Where neither helps, the effect itself is
 * at the border.
 */
final class ClosingAdvice {
    private static final int[] REPLICATES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32};
    private static final int[] ROW_FACTORS = {2, 4, 8, 16, 32, 64};

    private final ProbabilityRule rule;
    private final List<EffectEstimate> estimates;
    private final int replicates;

    /** @param replicates fresh ones that there are */
    ClosingAdvice(ProbabilityRule rule, List<EffectEstimate> estimates, int replicates) {
        this.rule = rule;
        this.estimates = estimates;
        this.replicates = replicates;
    }

    /** Fresh replicates per model, in all; empty where at most {@code most} are not enough. */
    OptionalInt replicates(int most) {
        for (int number : REPLICATES) {
            if (number > replicates && number <= most && closes(number, 1)) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    String text() {
        OptionalInt enough = replicates(REPLICATES[REPLICATES.length - 1]);
        if (enough.isPresent()) {
            int more = enough.getAsInt() - replicates;
            return more + " more replicate" + (more == 1 ? "" : "s") + " of " + estimates.size()
                    + " trainings each would close it, if the effects are as estimated";
        }
        int most = Math.max(replicates, REPLICATES[REPLICATES.length - 1]);
        for (int factor : ROW_FACTORS) {
            if (closes(Math.max(1, replicates), factor)) {
                return "replicates alone can't close it; " + factor + " times the evaluation rows would";
            }
        }
        for (int factor : ROW_FACTORS) {
            if (closes(most, factor)) {
                return factor + " times the evaluation rows and " + most + " replicates would close it";
            }
        }
        return "the effect is too near to the border (tau, or epsilon) for any amount of data here to tell";
    }

    private boolean closes(int number, double rowsFactor) {
        List<EffectEstimate> better = estimates.stream()
                .map(estimate -> estimate.with(number, rowsFactor))
                .toList();
        double acceptance = new FleetEffects(rule.objective(), better).acceptance();
        return rule.verdict(acceptance, number) != Verdict.OPEN;
    }
}
