package dev.smt.jobs.integration;

import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.holdout.HoldoutStep;
import dev.smt.jobs.mmo.TechniqueDecisions;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TemplateVersionRow;
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
import org.apache.spark.sql.functions;

/**
 * The step {@code integrate}: the accepted techniques, at theta*, become the next version of every template that they
 * fit; parameters to expose enter its list (paper, section 3.3.2, Template Integration).
 */
public final class IntegrationStep implements Step {
    /** Cause of the versions that this step publishes. */
    public static final String CAUSE = "integration";

    private final IntegrationConfiguration configuration;

    public IntegrationStep(IntegrationConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "integrate";
    }

    @Override
    public List<String> needs() {
        return List.of("importance", "mmo", "holdout", "sensitivity");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("integrate"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        PublishedTemplates templates = new PublishedTemplates(context.warehouse(), context.clock());
        String studyId = context.outputs("mmo").get("study");
        List<String> summary = new ArrayList<>();
        List<TechniqueDecisionRow> chosen = chosen(TechniqueDecisions.ofStudy(context.warehouse(), studyId), summary);
        List<ParameterSensitivityRow> sensitivity = context.warehouse()
                .rows(ParameterSensitivityRow.TABLE, functions.col("study_id").equalTo(studyId));
        Map<String, String> outputs = new TreeMap<>();
        context.outputs("importance").forEach((name, number) -> {
            TemplateVersionRow base = templates.version(name, Integer.parseInt(number));
            TemplateVersionRow published = publish(runId, templates, base, chosen, sensitivity, summary);
            outputs.put("base." + name, number);
            outputs.put(name, Integer.toString(published.version()));
        });
        return new StepResult(summary, outputs, List.of("template_versions"));
    }

    /** Accepted and confirmed, the strongest first: where two conflict, the stronger stays. */
    private List<TechniqueDecisionRow> chosen(List<TechniqueDecisionRow> decisions, List<String> summary) {
        List<TechniqueDecisionRow> chosen = new ArrayList<>();
        for (TechniqueDecisionRow decision : decisions) {
            if (!decision.accepted()) {
                continue;
            }
            String verdict = decision.holdoutVerdict().orElse(HoldoutStep.NO_HOLDOUT_MODEL);
            boolean failed = verdict.equals(HoldoutStep.BELOW_TAU) || verdict.equals(HoldoutStep.REGRESSES);
            if (failed && configuration.requireHoldout()) {
                summary.add(decision.technique() + " is left out: on the holdout models it is " + verdict);
            } else {
                chosen.add(decision);
            }
        }
        chosen.sort(Comparator.comparingDouble(
                        (TechniqueDecisionRow row) -> -row.muStar().orElse(0))
                .thenComparing(TechniqueDecisionRow::technique));
        return chosen;
    }

    private TemplateVersionRow publish(
            String runId,
            PublishedTemplates templates,
            TemplateVersionRow base,
            List<TechniqueDecisionRow> chosen,
            List<ParameterSensitivityRow> sensitivity,
            List<String> summary) {
        Template template = templates.template(base);
        Map<String, String> techniques = new TreeMap<>(RunJson.texts(base.techniques()));
        List<Technique> applied = new ArrayList<>();
        List<String> patch = new ArrayList<>();
        for (TechniqueDecisionRow decision : chosen) {
            Technique technique = Techniques.named(decision.technique());
            if (!technique.fits(template)) {
                continue;
            }
            Template before = template;
            Optional<String> conflict = applied.stream()
                    .map(other -> TechniqueConflicts.between(other, technique, before))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (conflict.isPresent()) {
                summary.add(base.template() + ": " + technique.name() + " is left out: " + conflict.get());
                continue;
            }
            ParameterValues theta = ParameterValuesJson.read(
                    technique.searchSpace(), decision.thetaStar().orElseThrow());
            ExposurePatch exposure = ExposurePatch.of(technique, template, sensitivity);
            Template with = technique.apply(template, theta);
            patch.addAll(exposure.lines(with));
            template = exposure.applyTo(with);
            applied.add(technique);
            techniques.put(technique.name(), decision.thetaStar().orElseThrow());
        }
        if (applied.isEmpty()) {
            summary.add(base.template() + " stays at version " + base.version() + ": no technique to add");
            return base;
        }
        TemplateVersionRow row = templates.publish(runId, template, base, techniques, CAUSE);
        summary.add(base.template() + " version " + row.version() + " published with "
                + String.join(", ", applied.stream().map(Technique::name).toList())
                + (template.exposed().isEmpty() ? "" : "; exposed: " + String.join(", ", template.exposedPaths())));
        patch.forEach(line -> summary.add("  " + line));
        return row;
    }
}
