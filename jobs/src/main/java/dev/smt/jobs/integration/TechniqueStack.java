package dev.smt.jobs.integration;

import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.technique.TechniqueConflicts;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A template with a study's techniques at theta* put into it, one after the other (paper, section 3.3.2, Template
 * Integration).
 *
 * @param template with the techniques, and with the fields exposed that the sensitivity analysis leaves open
 * @param applied the decisions whose techniques are in it now, in the order of applying
 * @param refusals why others are not: they conflict with one that was applied before. A technique that does not fit is
 *     not named
 * @param patch what it exposes, as a reviewer reads it
 */
public record TechniqueStack(
        Template template, List<TechniqueDecisionRow> applied, List<String> refusals, List<String> patch) {
    /** Where two techniques conflict, the stronger stays. */
    public static final Comparator<TechniqueDecisionRow> STRONGEST_FIRST = Comparator.comparingDouble(
                    (TechniqueDecisionRow row) -> -row.muStar().orElse(0))
            .thenComparing(TechniqueDecisionRow::technique);

    public TechniqueStack {
        applied = List.copyOf(applied);
        refusals = List.copyOf(refusals);
        patch = List.copyOf(patch);
    }

    /** Applies the decisions' techniques, the strongest first, whatever their order here. */
    public static TechniqueStack on(
            Template base, List<TechniqueDecisionRow> decisions, List<ParameterSensitivityRow> sensitivity) {
        Template template = base;
        List<TechniqueDecisionRow> applied = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        List<String> patch = new ArrayList<>();
        for (TechniqueDecisionRow decision :
                decisions.stream().sorted(STRONGEST_FIRST).toList()) {
            Technique technique = Techniques.named(decision.technique());
            if (!technique.fits(template)) {
                continue;
            }
            Optional<String> conflict = conflict(applied, technique, template);
            if (conflict.isPresent()) {
                refusals.add(technique.name() + " is left out: " + conflict.get());
                continue;
            }
            ParameterValues theta = ParameterValuesJson.read(technique.searchSpace(), theta(decision));
            ExposurePatch exposure = ExposurePatch.of(technique, template, sensitivity);
            Template with = technique.apply(template, theta);
            patch.addAll(exposure.lines(with));
            template = exposure.applyTo(with);
            applied.add(decision);
        }
        return new TechniqueStack(template, applied, refusals, patch);
    }

    /** Technique to theta (JSON) of the whole template, given those that were in it before. */
    public Map<String, String> techniques(Map<String, String> before) {
        Map<String, String> techniques = new TreeMap<>(before);
        applied.forEach(decision -> techniques.put(decision.technique(), theta(decision)));
        return techniques;
    }

    /** Names of the techniques that were applied, in order. */
    public List<String> names() {
        return applied.stream().map(TechniqueDecisionRow::technique).toList();
    }

    private static Optional<String> conflict(
            List<TechniqueDecisionRow> applied, Technique technique, Template template) {
        return applied.stream()
                .map(other -> TechniqueConflicts.between(Techniques.named(other.technique()), technique, template))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String theta(TechniqueDecisionRow decision) {
        return decision.thetaStar().orElseThrow();
    }
}
