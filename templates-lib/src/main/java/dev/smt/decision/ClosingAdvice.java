package dev.smt.decision;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

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
    private final Looks looks;

    ClosingAdvice(ProbabilityRule rule, Evidence evidence) {
        this.rule = rule;
        this.estimates = evidence.estimates();
        this.replicates = evidence.replicates();
        this.looks = evidence.looks();
    }

    /** Fresh replicates per model, in all; empty where at most {@code most} are not enough. */
    OptionalInt replicates(int most) {
        int allowed = looks.replicates().size();
        return IntStream.concat(
                        IntStream.rangeClosed(1, allowed),
                        Arrays.stream(REPLICATES).filter(number -> number > allowed))
                .filter(number -> number > replicates && number <= most && closes(number, 1))
                .findFirst();
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

    /** More replicates than are allowed are more looks, each of which must be surer. */
    private boolean closes(int number, double rowsFactor) {
        int moreDegrees = (estimates.size() - 1) * (number - replicates);
        List<EffectEstimate> better = estimates.stream()
                .map(estimate -> estimate.with(number, estimate.seedDegrees() + moreDegrees, rowsFactor))
                .toList();
        double acceptance = new FleetEffects(rule.objective(), better).acceptance();
        Looks planned = number <= looks.replicates().size() ? looks : Looks.each(number, rule.sure());
        return ProbabilityRule.verdict(acceptance, number, planned) != Verdict.OPEN;
    }
}
