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

/** Which fields of a template a sensitivity analysis leaves open to the models. */
final class ExposedParameters {
    private ExposedParameters() {}

    /**
     * The template with the fields that the technique's exposed parameters decide in its {@code exposed} list, each
     * with the values that the parameter was searched in.
     */
    static Template expose(
            Template with, Template without, Technique technique, List<ParameterSensitivityRow> sensitivity) {
        List<ExposedField> exposed = new ArrayList<>();
        for (Parameter parameter : technique.searchSpace().parameters()) {
            if (sensitivity.stream().anyMatch(row -> exposes(row, parameter))) {
                ExposedParameter.fields(technique, without, parameter).stream()
                        .filter(field ->
                                exposed.stream().noneMatch(other -> other.path().equals(field.path())))
                        .forEach(exposed::add);
            }
        }
        return TemplateFields.exposingBounded(with, exposed);
    }

    /** A categorical parameter is exposed when one of its levels is. */
    private static boolean exposes(ParameterSensitivityRow row, Parameter parameter) {
        boolean ofParameter =
                row.parameter().equals(parameter.name()) || row.parameter().startsWith(parameter.name() + "=");
        return ofParameter && row.decision().equals(ParameterSensitivityRow.EXPOSE);
    }
}
