package dev.smt.jobs.study;

import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;

/** A technique with its parameters, as one model has it. */
record ChosenTechnique(Technique technique, ParameterValues theta) {
    ChosenTechnique {
        theta = technique.searchSpace().require(theta);
    }

    /** As the tables have it. */
    static List<ChosenTechnique> read(List<String> names, List<String> thetas) {
        List<ChosenTechnique> chosen = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Technique technique = Techniques.named(names.get(i));
            chosen.add(
                    new ChosenTechnique(technique, ParameterValuesJson.read(technique.searchSpace(), thetas.get(i))));
        }
        return chosen;
    }

    String name() {
        return technique.name();
    }

    /** theta as JSON. */
    String json() {
        return ParameterValuesJson.write(technique.searchSpace(), theta);
    }

    /** The values that a person sets to use it: that it is used, and its parameters. */
    int edits() {
        return 1 + theta.values().size();
    }

    /** A template with all of them, the first applied first. */
    static Template on(Template base, List<ChosenTechnique> chosen) {
        Template template = base;
        for (ChosenTechnique one : chosen) {
            template = one.technique.apply(template, one.theta);
        }
        return template;
    }
}
