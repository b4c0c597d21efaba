package dev.smt.technique;

import dev.smt.search.ParameterValues;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * A technique that needs to say only what it changes: theta is checked before, and its name is noted in the template
 * after.
 */
public abstract class CheckedTechnique implements Technique {

    /** The template with the change in it; theta is a point of the search space. */
    protected abstract Template change(Template template, ParameterValues theta);

    @Override
    public boolean fits(Template template) {
        return true;
    }

    @Override
    public final Template apply(Template template, ParameterValues theta) {
        Theta.require(name(), searchSpace(), theta);
        List<String> techniques = new ArrayList<>(template.techniques());
        techniques.add(name());
        return change(template, theta).withTechniques(techniques);
    }
}
