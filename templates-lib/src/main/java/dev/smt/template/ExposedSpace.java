package dev.smt.template;

import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The search space in which one model may tune itself: the exposed fields that have bounds or levels, named by their
 * paths (paper, section 3.2.2). An exposed field without bounds is not searched.
 */
public final class ExposedSpace {
    private ExposedSpace() {}

    /** The space; without parameters where the template exposes no bounded field. */
    public static SearchSpace of(Template template) {
        return new SearchSpace(template.exposed().stream()
                .flatMap(field -> field.parameter().stream())
                .toList());
    }

    /** The template's own values as a point of the space; empty where one of them is outside of its bounds. */
    public static Optional<ParameterValues> current(Template template) {
        Map<String, Object> point = new LinkedHashMap<>();
        for (ExposedField field : template.exposed()) {
            if (field.parameter().isPresent()) {
                Optional<Object> value =
                        TemplateFields.scalar(template, field.path()).flatMap(field::parameterValue);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                point.put(field.path(), value.get());
            }
        }
        return Optional.of(new ParameterValues(point));
    }

    /**
     * The fields' values at a point of the space, for {@link Instantiation#tuned}.
     *
     * @throws IllegalArgumentException where it is no point of the space
     */
    public static ParameterValues values(Template template, ParameterValues theta) {
        Map<String, Object> point = of(template).require(theta).values();
        Map<String, Object> values = new LinkedHashMap<>();
        for (ExposedField field : template.exposed()) {
            if (point.containsKey(field.path())) {
                values.put(field.path(), field.fieldValue(point.get(field.path())));
            }
        }
        return new ParameterValues(values);
    }
}
