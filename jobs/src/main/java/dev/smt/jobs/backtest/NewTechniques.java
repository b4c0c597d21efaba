package dev.smt.jobs.backtest;

import dev.smt.jobs.integration.TechniqueStack;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.template.Template;
import dev.smt.template.TemplateJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The techniques that a new version has beside the version that it was made from, and the version without some of them.
 *
 * @param base the version that it was made from
 * @param decisions of its new techniques, the strongest first
 * @param sensitivity of the study, which says what they expose
 */
record NewTechniques(Template base, List<TechniqueDecisionRow> decisions, List<ParameterSensitivityRow> sensitivity) {
    NewTechniques {
        decisions = decisions.stream().sorted(TechniqueStack.STRONGEST_FIRST).toList();
        sensitivity = List.copyOf(sensitivity);
    }

    /** Those of a study's decisions whose technique is in {@code next}, and in {@code base} not or with another theta. */
    static List<TechniqueDecisionRow> between(
            TemplateVersionRow base, TemplateVersionRow next, List<TechniqueDecisionRow> decisions) {
        Map<String, String> before = RunJson.texts(base.techniques());
        Map<String, String> after = RunJson.texts(next.techniques());
        return decisions.stream()
                .filter(decision -> after.containsKey(decision.technique()))
                .filter(decision -> !after.get(decision.technique()).equals(before.get(decision.technique())))
                .toList();
    }

    /** Names, the strongest first. */
    List<String> names() {
        return decisions.stream().map(TechniqueDecisionRow::technique).toList();
    }

    /** The version without some of its new techniques: the others applied as the integration did. */
    TechniqueStack without(Set<String> leftOut) {
        List<TechniqueDecisionRow> kept = decisions.stream()
                .filter(decision -> !leftOut.contains(decision.technique()))
                .toList();
        return TechniqueStack.on(base, kept, sensitivity);
    }

    /** What the version lacks without some: these, and those that do not fit without them. */
    Set<String> missing(Set<String> leftOut) {
        Set<String> missing = new TreeSet<>(names());
        without(leftOut).names().forEach(missing::remove);
        return missing;
    }

    /** Whether the tables still give the version that was published. */
    boolean make(TemplateVersionRow version) {
        return TemplateJson.hash(without(Set.of()).template()).equals(version.specHash());
    }
}
