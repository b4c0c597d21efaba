package dev.smt.jobs.integration;

import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.technique.Technique;
import dev.smt.template.FieldChange;
import dev.smt.template.Template;
import dev.smt.template.TemplateDiff;
import java.util.ArrayList;
import java.util.List;

/** Which fields of a template a sensitivity analysis leaves open to the models. */
final class ExposedParameters {
    private ExposedParameters() {}

    /** The template with the fields of the technique's exposed parameters in its {@code exposed} list. */
    static Template expose(
            Template with,
            Template without,
            Technique technique,
            ParameterValues theta,
            List<ParameterSensitivityRow> sensitivity) {
        List<String> exposed = new ArrayList<>(with.exposed());
        for (Parameter parameter : technique.searchSpace().parameters()) {
            boolean expose = sensitivity.stream()
                    .filter(row -> row.decision().equals(ParameterSensitivityRow.EXPOSE))
                    .anyMatch(row -> row.parameter().equals(parameter.name())
                            || row.parameter().startsWith(parameter.name() + "="));
            if (expose) {
                exposed.addAll(fields(without, technique, theta, parameter));
            }
        }
        return with.withExposed(exposed);
    }

    /** The fields that move when one parameter moves. */
    private static List<String> fields(
            Template without, Technique technique, ParameterValues theta, Parameter parameter) {
        Template at = technique.apply(without, theta);
        List<String> paths = new ArrayList<>();
        for (Object value : ends(parameter)) {
            Template moved = technique.apply(without, theta.with(parameter.name(), value));
            TemplateDiff.between(at, moved).stream().map(FieldChange::path).forEach(paths::add);
        }
        return paths.stream().distinct().toList();
    }

    private static List<Object> ends(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return List.of(real.low(), real.high());
        } else if (parameter instanceof Parameter.Whole whole) {
            return List.of(whole.low(), whole.high());
        } else if (parameter instanceof Parameter.Categorical categorical) {
            return List.copyOf(categorical.levels());
        }
        return List.of(true, false);
    }
}
