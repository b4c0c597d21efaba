package dev.smt.jobs.mmo;

import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.technique.Technique;
import dev.smt.technique.TechniqueKind;
import dev.smt.template.Template;

/** A technique that changes nothing. */
record IdleTechnique(String name, SearchSpace searchSpace) implements Technique {
    @Override
    public int version() {
        return 1;
    }

    @Override
    public TechniqueKind kind() {
        return TechniqueKind.TRAINING;
    }

    @Override
    public String summary() {
        return "changes nothing";
    }

    @Override
    public String paper() {
        return "none";
    }

    @Override
    public boolean fits(Template template) {
        return true;
    }

    @Override
    public ParameterValues defaults() {
        ParameterValues values = ParameterValues.empty();
        for (Parameter parameter : searchSpace.parameters()) {
            values = values.with(parameter.name(), parameter instanceof Parameter.Flag ? true : (Object) 0.5);
        }
        return values;
    }

    @Override
    public Template apply(Template template, ParameterValues theta) {
        return template;
    }
}
