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
import dev.smt.template.Template;
import java.util.ArrayList;
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
        List<TechniqueDecisionRow> chosen = chosen(TechniqueDecisions.of(context), summary);
        List<ParameterSensitivityRow> sensitivity = context.warehouse()
                .rows(ParameterSensitivityRow.TABLE, functions.col("study_id").equalTo(studyId));
        BackTestCulprits culprits = new BackTestCulprits(context.warehouse(), templates, studyId);
        Map<String, String> outputs = new TreeMap<>();
        context.outputs("importance").forEach((name, number) -> {
            TemplateVersionRow base = templates.version(name, Integer.parseInt(number));
            List<TechniqueDecisionRow> allowed = allowed(name, chosen, culprits, summary);
            TemplateVersionRow published = publish(runId, templates, base, allowed, sensitivity, summary);
            outputs.put("base." + name, number);
            outputs.put(name, Integer.toString(published.version()));
        });
        return new StepResult(summary, outputs, List.of("template_versions"));
    }

    /** Accepted and confirmed. */
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
        return chosen;
    }

    /** Those that no back-test of the same study has left out of the template. */
    private static List<TechniqueDecisionRow> allowed(
            String template, List<TechniqueDecisionRow> chosen, BackTestCulprits culprits, List<String> summary) {
        List<TechniqueDecisionRow> allowed = new ArrayList<>();
        for (TechniqueDecisionRow decision : chosen) {
            Optional<String> reason = culprits.why(template, decision);
            reason.ifPresentOrElse(
                    why -> summary.add(template + ": " + decision.technique() + " is left out: " + why),
                    () -> allowed.add(decision));
        }
        return allowed;
    }

    private TemplateVersionRow publish(
            String runId,
            PublishedTemplates templates,
            TemplateVersionRow base,
            List<TechniqueDecisionRow> chosen,
            List<ParameterSensitivityRow> sensitivity,
            List<String> summary) {
        TechniqueStack stack = TechniqueStack.on(templates.template(base), chosen, sensitivity);
        stack.refusals().forEach(refusal -> summary.add(base.template() + ": " + refusal));
        if (stack.applied().isEmpty()) {
            summary.add(base.template() + " stays at version " + base.version() + ": no technique to add");
            return base;
        }
        Template template = stack.template();
        TemplateVersionRow row =
                templates.publish(runId, template, base, stack.techniques(RunJson.texts(base.techniques())), CAUSE);
        summary.add(base.template() + " version " + row.version() + " published with "
                + String.join(", ", stack.names())
                + (template.exposed().isEmpty() ? "" : "; exposed: " + String.join(", ", template.exposedPaths())));
        stack.patch().forEach(line -> summary.add("  " + line));
        return row;
    }
}
