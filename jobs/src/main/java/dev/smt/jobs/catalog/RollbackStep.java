package dev.smt.jobs.catalog;

import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.TemplateVersionRow;
import java.util.List;
import java.util.Map;

/** The run behind {@code template rollback}: no step of the cycle, but a row of {@code runs} like one. */
public final class RollbackStep implements Step {
    private final String template;
    private final int to;

    /**
     * A rollback.
     *
     * @param template its name
     * @param to the version whose content is published again
     */
    public RollbackStep(String template, int to) {
        this.template = template;
        this.to = to;
    }

    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    /** Refuses what can't be rolled back before a run begins; the latest version tells one rollback from the next. */
    @Override
    public String configuration(RunContext context) {
        PublishedTemplates templates = new PublishedTemplates(context.warehouse(), context.clock());
        templates.requireRollback(template, to);
        return template + "@" + templates.latest(template).version() + " to " + to;
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        TemplateVersionRow published =
                new PublishedTemplates(context.warehouse(), context.clock()).rollback(runId, template, to);
        String reference = template + "@" + published.version();
        return new StepResult(
                List.of(
                        reference + " published with the content of version " + to,
                        "models stay on the versions that they run; the next cycle starts from " + reference),
                Map.of(template, Integer.toString(published.version())),
                List.of(TemplateVersionRow.TABLE.name()));
    }
}
