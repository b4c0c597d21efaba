package dev.smt.jobs.study;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.StudyCycleRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.trial.Candidate;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.template.Template;
import dev.smt.training.ModelSpecification;
import java.util.List;

/** What either way made of a study's models. */
final class FinalModels {
    private final FleetInputs fleet;
    private final PublishedTemplates templates;

    FinalModels(FleetInputs fleet, PublishedTemplates templates) {
        this.fleet = fleet;
        this.templates = templates;
    }

    /** What templates left: what the model runs in production now. */
    FinalModel byTemplates(FragmentedModel start) {
        FleetModel model = start.model();
        TemplateVersionRow version = templates.version(model.baseline());
        Template template = templates.template(version);
        return new FinalModel(
                StudyCycleRow.TEMPLATES,
                start.candidate(start.start()),
                new Candidate(model, template, FleetInputs.exposedValues(template, fleet.tuned(model))),
                RunJson.texts(version.techniques()).size());
    }

    /** What tuning alone left. */
    static FinalModel alone(FragmentedModel model) {
        return new FinalModel(
                StudyCycleRow.FRAGMENTED,
                model.candidate(model.start()),
                model.candidate(model.template()),
                model.techniques().size());
    }

    /** Whether the model is another one now, in what is trained or in how it is served. */
    boolean changed(FinalModel model) {
        return !hashes(model.start()).equals(hashes(model.last()));
    }

    private List<String> hashes(Candidate candidate) {
        ModelSpecification specification =
                fleet.instantiate(candidate.model(), candidate.template(), candidate.values());
        return List.of(specification.hash(), specification.servingHash());
    }
}
