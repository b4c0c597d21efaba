package dev.smt.technique;

import dev.smt.template.AppliedTechnique;
import dev.smt.template.ExposedField;
import dev.smt.template.FieldChange;
import dev.smt.template.Template;
import dev.smt.template.TemplateDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes a technique out of a template again: to what the template was before its techniques, all others are applied anew.
 * So whatever a technique does, apply and then revert gives the template back, bit by bit.
 */
public final class TechniqueReversal {
    private static final String EXPOSED = "exposed";

    private TechniqueReversal() {}

    /** The template with some techniques in it, applied in their order. */
    public static Template apply(Template parent, List<AppliedTechnique> techniques) {
        Template template = parent;
        for (AppliedTechnique applied : techniques) {
            template = Techniques.named(applied.name()).apply(template, applied.theta());
        }
        return template;
    }

    /**
     * The template without one of its techniques. Fields that were exposed with the technique are no longer; those that
     * were exposed with another one stay.
     *
     * @param parent what the techniques were applied to
     * @param content the template with all of them
     * @param added the techniques, in the order of application
     * @param technique the name of the one to take out
     * @throws IllegalArgumentException where it is not among them, or where the content is not what they make of the
     *     parent: then something else has set a field, and would be lost
     */
    public static Template without(Template parent, Template content, List<AppliedTechnique> added, String technique) {
        List<AppliedTechnique> others =
                added.stream().filter(one -> !one.name().equals(technique)).toList();
        if (others.size() == added.size()) {
            throw new IllegalArgumentException("technique " + technique + " is not among those that were added to "
                    + parent.name() + ": " + names(added));
        }
        List<FieldChange> foreign = TemplateDiff.between(apply(parent, added), content).stream()
                .filter(change -> !change.path().equals(EXPOSED))
                .toList();
        if (!foreign.isEmpty()) {
            throw new IllegalArgumentException("technique " + technique + " can't be taken out of " + parent.name()
                    + ": its techniques " + names(added) + " don't explain " + foreign);
        }
        Template reverted = apply(parent, others);
        return reverted.withExposed(exposed(parent, content, others));
    }

    private static List<ExposedField> exposed(Template parent, Template content, List<AppliedTechnique> others) {
        List<ExposedField> exposed = new ArrayList<>(parent.exposed());
        List<ExposedField> further = content.exposed().stream()
                .filter(field -> !parent.exposedPaths().contains(field.path()))
                .toList();
        if (!further.isEmpty()) {
            Set<String> decided = new TreeSet<>();
            for (AppliedTechnique other : others) {
                decided.addAll(TechniqueFootprint.paths(Techniques.named(other.name()), parent));
            }
            further.stream().filter(field -> decided.contains(field.path())).forEach(exposed::add);
        }
        return exposed;
    }

    private static String names(List<AppliedTechnique> techniques) {
        return techniques.stream().map(AppliedTechnique::name).collect(Collectors.joining(", "));
    }
}
