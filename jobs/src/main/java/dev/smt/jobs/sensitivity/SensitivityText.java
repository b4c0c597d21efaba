package dev.smt.jobs.sensitivity;

import dev.smt.bayes.SobolIndices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a sensitivity analysis found, in words. */
final class SensitivityText {
    private SensitivityText() {}

    /**
     * One line for the technique, one for each exposed parameter with the numbers that decided, and one for each standardized
     * one that the surrogate finds as important as an exposed one: Eq. 7 and the indices disagree there.
     *
     * @param effectCutOff an effect as large as this is large, percent NE over the range
     */
    static List<String> lines(
            String technique, List<ParameterSensitivity> found, SurrogateIndices indices, double effectCutOff) {
        List<ParameterSensitivity> exposed =
                found.stream().filter(ParameterSensitivity::expose).toList();
        List<String> names =
                exposed.stream().map(ParameterSensitivity::parameter).toList();
        List<String> lines = new ArrayList<>();
        lines.add(technique + ": expose " + (names.isEmpty() ? "nothing" : String.join(", ", names)));
        exposed.forEach(parameter -> lines.add("  expose " + parameter.parameter() + ": " + parameter.reason()));
        found.stream()
                .filter(parameter -> !parameter.expose()
                        && parameter.estimate().isPresent()
                        && indices.straightEffect(parameter.parameter()) >= effectCutOff)
                .forEach(parameter -> lines.add(disagreement(parameter, indices)));
        return lines;
    }

    private static String disagreement(ParameterSensitivity parameter, SurrogateIndices indices) {
        SobolIndices.Index index = indices.at(parameter.parameter()).orElseThrow();
        return String.format(
                Locale.ROOT,
                "  %s is standardized by Eq. 7 (%s), but changes the surrogate's mu as much as an effect of %.3f would"
                        + " (total index %.2f, by itself %.2f): an optimum inside the range, an interaction, or"
                        + " infeasible trials",
                parameter.parameter(),
                parameter.reason(),
                indices.straightEffect(parameter.parameter()),
                index.total(),
                index.firstOrder());
    }
}
