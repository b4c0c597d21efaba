package dev.smt.jobs.backtest;

import dev.smt.jobs.mmo.TechniqueDecisions;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TemplateVersionRow;
import java.util.HashSet;
import java.util.Set;

/** The sum of the gains that the study measured for each technique alone. */
final class SingleGains {
    private SingleGains() {}

    /** Over the techniques that are in {@code next} and not in {@code base}; percent NE. */
    static double of(RunContext context, TemplateVersionRow next, TemplateVersionRow base) {
        Set<String> added = new HashSet<>(RunJson.texts(next.techniques()).keySet());
        added.removeAll(RunJson.texts(base.techniques()).keySet());
        return TechniqueDecisions.ofStudy(
                        context.warehouse(), context.outputs("mmo").get("study"))
                .stream()
                .filter(decision -> added.contains(decision.technique()))
                .mapToDouble(SingleGains::gain)
                .sum();
    }

    /** The holdout's gain where there is one: theta* was not chosen there, so it is not a winner's. */
    private static double gain(TechniqueDecisionRow decision) {
        return decision.holdoutMu().orElse(decision.muStar().orElse(0));
    }
}
