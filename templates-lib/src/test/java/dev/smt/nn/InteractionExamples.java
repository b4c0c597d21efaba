package dev.smt.nn;

import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.Interaction.CrossMixture;
import dev.smt.nn.Interaction.Dot;
import dev.smt.nn.Interaction.Ensemble;
import dev.smt.nn.Interaction.FactorizationMachine;
import dev.smt.nn.Interaction.FactorizationStack;
import dev.smt.nn.Interaction.Mask;
import dev.smt.nn.Interaction.VectorCross;
import java.util.Arrays;
import java.util.List;

/** The modules that the contract suites of the interactions go through: each kind, small, in each of its variants. */
public final class InteractionExamples {
    private InteractionExamples() {}

    /** The examples of a kind; a kind without any fails {@code InteractionContractTest}. */
    public static List<Interaction> of(Interaction.Kind kind) {
        return switch (kind) {
            case DOT -> List.of(new Dot());
            case CROSS -> List.of(new Cross(2, 0), new Cross(2, 2));
            case FACTORIZATION_MACHINE -> List.of(new FactorizationMachine());
            case VECTOR_CROSS -> List.of(new VectorCross(2));
            case CROSS_MIXTURE -> List.of(new CrossMixture(2, 3, 2), new CrossMixture(1, 1, 1));
            case ENSEMBLE -> List.of(new Ensemble(2, 2));
            case FACTORIZATION_STACK -> List.of(
                    new FactorizationStack(2, 2, 1, 2, 4), new FactorizationStack(1, 3, 3, 2, 5));
            case MASK -> List.of(new Mask(1, 2, 4), new Mask(2, 0.5, 3));
        };
    }

    /** The examples of all kinds. */
    public static List<Interaction> all() {
        return Arrays.stream(Interaction.Kind.values())
                .flatMap(kind -> of(kind).stream())
                .toList();
    }
}
