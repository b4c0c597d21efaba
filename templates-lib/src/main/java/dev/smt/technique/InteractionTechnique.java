package dev.smt.technique;

import dev.smt.nn.Interaction;
import dev.smt.search.ParameterValues;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;

/** A technique that adds an interaction module beside the others, in the place of one of its kind. */
public abstract class InteractionTechnique extends CheckedTechnique {
    protected InteractionTechnique(TechniqueDescription description) {
        super(description);
    }

    /** The module; theta is a point of the search space. */
    protected abstract Interaction interaction(ParameterValues theta);

    @Override
    protected final Template change(Template template, ParameterValues theta) {
        Interaction added = interaction(theta);
        List<Interaction> interactions = new ArrayList<>(template.architecture().interactions());
        interactions.removeIf(interaction -> interaction.kind() == added.kind());
        interactions.add(added);
        return template.withArchitecture(template.architecture().withInteractions(interactions));
    }

    /** A whole number of theta as an int. */
    protected static int whole(ParameterValues theta, String parameter) {
        return Math.toIntExact(theta.whole(parameter));
    }
}
