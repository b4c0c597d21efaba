package dev.smt.technique;

import dev.smt.search.ParameterValues;
import dev.smt.template.Template;
import dev.smt.template.TemplateFields;
import java.util.HashMap;
import java.util.Map;

/** A technique whose parameters are fields of the template, beside fields that it sets to fixed values. */
public abstract class FieldTechnique extends CheckedTechnique {
    private final Map<String, String> paths;
    private final Map<String, Object> fixed;

    /**
     * A new technique.
     *
     * @param paths a parameter's name to the path of the field that it sets
     * @param fixed the path of a field to the value that it gets, whatever theta is
     */
    protected FieldTechnique(TechniqueDescription description, Map<String, String> paths, Map<String, Object> fixed) {
        super(description);
        this.paths = Map.copyOf(paths);
        this.fixed = Map.copyOf(fixed);
    }

    @Override
    protected final Template change(Template template, ParameterValues theta) {
        Map<String, Object> values = new HashMap<>(fixed);
        paths.forEach((parameter, path) -> values.put(path, theta.values().get(parameter)));
        return TemplateFields.withAll(template, values);
    }
}
