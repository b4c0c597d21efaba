package dev.smt.technique;

import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * A technique that needs to say only what it changes: theta is checked before, and its name is noted in the template
 * after.
 */
public abstract class CheckedTechnique implements Technique {
    private final TechniqueDescription description;

    protected CheckedTechnique(TechniqueDescription description) {
        this.description = description;
    }

    @Override
    public final String name() {
        return description.name();
    }

    @Override
    public final int version() {
        return description.version();
    }

    @Override
    public final TechniqueKind kind() {
        return description.kind();
    }

    @Override
    public final String summary() {
        return description.summary();
    }

    @Override
    public final String paper() {
        return description.paper();
    }

    @Override
    public final SearchSpace searchSpace() {
        return description.searchSpace();
    }

    @Override
    public final ParameterValues defaults() {
        return description.defaults();
    }

    /** The template with the change in it; theta is a point of the search space. */
    protected abstract Template change(Template template, ParameterValues theta);

    @Override
    public boolean fits(Template template) {
        return true;
    }

    @Override
    public final Template apply(Template template, ParameterValues theta) {
        List<String> problems = searchSpace().problems(theta);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("technique " + name() + ": " + String.join("; ", problems));
        }
        List<String> techniques = new ArrayList<>(template.techniques());
        techniques.add(name());
        return change(template, theta).withTechniques(techniques);
    }
}
