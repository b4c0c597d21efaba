package dev.smt.jobs.integration;

import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.search.Parameter;
import dev.smt.technique.ExposedParameter;
import dev.smt.technique.Technique;
import dev.smt.template.ExposedField;
import dev.smt.template.Template;
import dev.smt.template.TemplateFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a sensitivity analysis changes in a template's {@code exposed} list: the fields that a technique's exposed parameters
 * decide, each with the values that the parameter was searched in, and why.
 */
record ExposurePatch(List<Exposure> exposures) {
    ExposurePatch {
        exposures = List.copyOf(exposures);
    }

    /**
     * A field that is left open to the models.
     *
     * @param parameter of the technique, which decides the field
     * @param reason the numbers that decided
     */
    record Exposure(ExposedField field, String parameter, String reason) {}

    /**
     * The patch for one technique.
     *
     * @param without the template before the technique
     * @param sensitivity of the technique's parameters, and perhaps of others'
     */
    static ExposurePatch of(Technique technique, Template without, List<ParameterSensitivityRow> sensitivity) {
        List<Exposure> exposures = new ArrayList<>();
        for (Parameter parameter : technique.searchSpace().parameters()) {
            exposing(sensitivity, parameter)
                    .ifPresent(row -> ExposedParameter.fields(technique, without, parameter).stream()
                            .filter(field -> exposures.stream()
                                    .noneMatch(other -> other.field().path().equals(field.path())))
                            .forEach(field -> exposures.add(new Exposure(field, parameter.name(), row.reason()))));
        }
        return new ExposurePatch(exposures);
    }

    /** A categorical parameter is exposed when one of its levels is. */
    private static Optional<ParameterSensitivityRow> exposing(
            List<ParameterSensitivityRow> sensitivity, Parameter parameter) {
        return sensitivity.stream()
                .filter(row -> row.decision().equals(ParameterSensitivityRow.EXPOSE))
                .filter(row -> row.parameter().equals(parameter.name())
                        || row.parameter().startsWith(parameter.name() + "="))
                .findFirst();
    }

    /** The template with the technique, patched. */
    Template applyTo(Template with) {
        return TemplateFields.exposingBounded(
                with, exposures.stream().map(Exposure::field).toList());
    }

    /** The patch as a reviewer reads it: a line for each field that is added or gets other bounds. */
    List<String> lines(Template with) {
        List<String> lines = new ArrayList<>();
        for (Exposure exposure : exposures) {
            ExposedField field = exposure.field();
            Optional<ExposedField> before = with.exposed().stream()
                    .filter(other -> other.path().equals(field.path()))
                    .findFirst();
            if (!before.equals(Optional.of(field))) {
                lines.add((before.isPresent() ? "~" : "+") + " exposed " + field.path() + ": "
                        + before.map(old -> old.searchedText() + " -> ").orElse("") + field.searchedText() + "   ("
                        + exposure.parameter() + ": " + exposure.reason() + ")");
            }
        }
        return lines;
    }
}
