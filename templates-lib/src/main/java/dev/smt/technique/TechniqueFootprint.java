package dev.smt.technique;

import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.template.FieldChange;
import dev.smt.template.Template;
import dev.smt.template.TemplateDiff;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The fields of a template that a technique sets, found by applying it at points of its search space. */
public final class TechniqueFootprint {
    private static final String TECHNIQUES = "techniques";

    private TechniqueFootprint() {}

    /** Paths of all fields that it changes, such as {@code training.label-smoothing}; not the list of techniques. */
    public static SortedSet<String> paths(Technique technique, Template template) {
        return changed(template, technique, template, SampledThetas.of(technique));
    }

    /**
     * Paths of the fields that one parameter decides: those to expose where the models differ on it.
     *
     * @throws IllegalArgumentException when the technique has no such parameter
     */
    public static SortedSet<String> paths(Technique technique, Template template, String parameter) {
        Parameter found = technique.searchSpace().parameters().stream()
                .filter(candidate -> candidate.name().equals(parameter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("technique " + technique.name()
                        + " has no parameter " + parameter + "; there are "
                        + technique.searchSpace().parameters().stream()
                                .map(Parameter::name)
                                .toList()));
        Template start = technique.apply(template, SampledThetas.start(technique, found));
        return changed(start, technique, template, SampledThetas.along(technique, found));
    }

    private static SortedSet<String> changed(
            Template reference, Technique technique, Template template, List<ParameterValues> thetas) {
        SortedSet<String> paths = new TreeSet<>();
        for (ParameterValues theta : thetas) {
            TemplateDiff.between(reference, technique.apply(template, theta)).stream()
                    .map(FieldChange::path)
                    .filter(path -> !path.equals(TECHNIQUES))
                    .forEach(paths::add);
        }
        return Collections.unmodifiableSortedSet(paths);
    }
}
