package dev.smt.jobs.study;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.trial.Candidate;
import dev.smt.search.ParameterValues;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of the fragmented way.
 *
 * @param model the model
 * @param start the template that it ran when the study began
 * @param values its own values of fields that this template exposes, by path
 * @param techniques what it has shipped since, in the order of applying
 */
record FragmentedModel(FleetModel model, Template start, ParameterValues values, List<ChosenTechnique> techniques) {
    FragmentedModel {
        techniques = List.copyOf(techniques);
    }

    String id() {
        return model.id();
    }

    /** What it runs now. */
    Template template() {
        return ChosenTechnique.on(start, techniques);
    }

    /** The same with another template. */
    Candidate candidate(Template template) {
        return new Candidate(model, template, values);
    }

    /** The same with more techniques. */
    FragmentedModel with(List<ChosenTechnique> more) {
        List<ChosenTechnique> all = new ArrayList<>(techniques);
        all.addAll(more);
        return new FragmentedModel(model, start, values, all);
    }
}
