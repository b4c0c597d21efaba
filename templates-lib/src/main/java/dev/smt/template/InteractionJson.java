package dev.smt.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.Interaction.CrossMixture;
import dev.smt.nn.Interaction.Ensemble;
import dev.smt.nn.Interaction.FactorizationStack;
import dev.smt.nn.Interaction.Mask;
import dev.smt.nn.Interaction.VectorCross;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON of the interaction modules: an object with a key for each module's kind. */
final class InteractionJson {
    private InteractionJson() {}

    static ObjectNode write(List<Interaction> interactions) {
        ObjectNode node = TemplateWriter.object();
        interactions.forEach(interaction -> node.set(Labels.of(interaction.kind()), fields(interaction)));
        return node;
    }

    private static ObjectNode fields(Interaction interaction) {
        ObjectNode node = TemplateWriter.object();
        switch (interaction.kind()) {
            case DOT, FACTORIZATION_MACHINE -> {
                // They have nothing to set.
            }
            case CROSS -> {
                Cross cross = (Cross) interaction;
                node.put("layers", cross.layers()).put("rank", cross.rank());
            }
            case VECTOR_CROSS -> node.put("layers", ((VectorCross) interaction).layers());
            case CROSS_MIXTURE -> {
                CrossMixture mixture = (CrossMixture) interaction;
                node.put("layers", mixture.layers())
                        .put("experts", mixture.experts())
                        .put("rank", mixture.rank());
            }
            case ENSEMBLE -> {
                Ensemble ensemble = (Ensemble) interaction;
                node.put("layers", ensemble.layers()).put("rank", ensemble.rank());
            }
            case FACTORIZATION_STACK -> write((FactorizationStack) interaction, node);
            case MASK -> {
                Mask mask = (Mask) interaction;
                node.put("blocks", mask.blocks());
                node.set("aggregation", CanonicalJson.number(mask.aggregation()));
                node.put("width", mask.width());
            }
        }
        return node;
    }

    private static void write(FactorizationStack stack, ObjectNode node) {
        node.put("layers", stack.layers())
                .put("rank", stack.rank())
                .put("factorized", stack.factorized())
                .put("compressed", stack.compressed())
                .put("hidden", stack.hidden());
    }

    /** The modules that are there and have no problem. */
    static List<Interaction> read(JsonFields fields) {
        List<Interaction> interactions = new ArrayList<>();
        for (Interaction.Kind kind : Interaction.Kind.values()) {
            fields.optionalObject(Labels.of(kind))
                    .flatMap(module -> read(kind, module))
                    .ifPresent(interactions::add);
        }
        fields.rejectUnknown();
        return interactions;
    }

    private static Optional<Interaction> read(Interaction.Kind kind, JsonFields fields) {
        Optional<Interaction> interaction =
                switch (kind) {
                    case DOT -> Optional.of(new Interaction.Dot());
                    case CROSS -> cross(fields);
                    case FACTORIZATION_MACHINE -> Optional.of(new Interaction.FactorizationMachine());
                    case VECTOR_CROSS -> vectorCross(fields);
                    case CROSS_MIXTURE -> crossMixture(fields);
                    case ENSEMBLE -> ensemble(fields);
                    case FACTORIZATION_STACK -> factorizationStack(fields);
                    case MASK -> mask(fields);
                };
        fields.rejectUnknown();
        return interaction;
    }

    private static Optional<Interaction> cross(JsonFields fields) {
        int layers = fields.whole("layers", 1);
        int rank = fields.whole("rank", 0);
        return fields.make(() -> new Cross(layers, rank));
    }

    private static Optional<Interaction> vectorCross(JsonFields fields) {
        int layers = fields.whole("layers", 1);
        return fields.make(() -> new VectorCross(layers));
    }

    private static Optional<Interaction> crossMixture(JsonFields fields) {
        int layers = fields.whole("layers", 1);
        int experts = fields.whole("experts", 1);
        int rank = fields.whole("rank", 1);
        return fields.make(() -> new CrossMixture(layers, experts, rank));
    }

    private static Optional<Interaction> ensemble(JsonFields fields) {
        int layers = fields.whole("layers", 1);
        int rank = fields.whole("rank", 1);
        return fields.make(() -> new Ensemble(layers, rank));
    }

    private static Optional<Interaction> factorizationStack(JsonFields fields) {
        int layers = fields.whole("layers", 1);
        int rank = fields.whole("rank", 2);
        int factorized = fields.whole("factorized", 1);
        int compressed = fields.whole("compressed", 1);
        int hidden = fields.whole("hidden", 1);
        return fields.make(() -> new FactorizationStack(layers, rank, factorized, compressed, hidden));
    }

    private static Optional<Interaction> mask(JsonFields fields) {
        int blocks = fields.whole("blocks", 1);
        double aggregation = fields.real("aggregation", 1);
        int width = fields.whole("width", 2);
        return fields.make(() -> new Mask(blocks, aggregation, width));
    }
}
