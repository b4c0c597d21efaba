package dev.smt.technique;

import dev.smt.search.Parameter;
import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import dev.smt.template.ExposedField;
import dev.smt.template.ExposedField.Allowed;
import dev.smt.template.Template;
import dev.smt.template.TemplateFields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The fields that a technique's parameter decides, to be exposed with the values that the parameter's range gives them: a
 * model may tune what the study has searched, no more.
 */
public final class ExposedParameter {
    private ExposedParameter() {}

    /**
     * The fields of {@link TechniqueFootprint#paths(Technique, Template, String)} with their bounds. A field that is no
     * single value at some point of the range stays without bounds.
     *
     * @param template without the technique
     * @throws IllegalArgumentException when the technique has no such parameter
     */
    public static List<ExposedField> fields(Technique technique, Template template, Parameter parameter) {
        List<Template> along = SampledThetas.along(technique, parameter).stream()
                .map(theta -> technique.apply(template, theta))
                .toList();
        return TechniqueFootprint.paths(technique, template, parameter.name()).stream()
                .map(path -> new ExposedField(path, allowed(parameter, values(along, path))))
                .toList();
    }

    private static List<Optional<Object>> values(List<Template> templates, String path) {
        return templates.stream()
                .map(template -> TemplateFields.scalar(template, path))
                .toList();
    }

    private static Allowed allowed(Parameter parameter, List<Optional<Object>> values) {
        if (values.stream().anyMatch(Optional::isEmpty)) {
            return new Allowed.Any();
        }
        List<Object> levels =
                values.stream().map(Optional::orElseThrow).distinct().toList();
        boolean range = parameter instanceof Real || parameter instanceof Whole;
        if (!range) {
            return new Allowed.OneOf(levels);
        }
        double[] numbers = levels.stream()
                .map(level -> level instanceof Number number ? number.doubleValue() : null)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        if (numbers.length < levels.size()) {
            return new Allowed.Any();
        }
        double low = numbers[0];
        boolean log = parameter instanceof Real real ? real.log() : ((Whole) parameter).log();
        boolean whole = parameter instanceof Whole && levels.stream().allMatch(Long.class::isInstance);
        return new Allowed.Between(low, numbers[numbers.length - 1], log && low > 0, whole);
    }
}
