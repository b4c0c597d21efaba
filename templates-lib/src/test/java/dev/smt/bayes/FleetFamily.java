package dev.smt.bayes;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.math3.random.RandomGenerator;

/** The kinds of synthetic fleets: several, so that an optimizer can't be tuned to one. */
enum FleetFamily {
    /** Each model has its own best point and loses with the squared distance from it; some fall off steeply. */
    BUMPS {
        @Override
        DeltaFunctions draw(int dimension, int models, RandomGenerator random) {
            return new BumpDeltas(dimension, models, random);
        }
    },
    /** Draws of smooth random functions: one that most models share, one of a minority, and each model's own. */
    DRAWS {
        @Override
        DeltaFunctions draw(int dimension, int models, RandomGenerator random) {
            return new RandomFunctionDeltas(dimension, models, random);
        }
    },
    /** Saturating effects of some parameters, with interactions; a minority of models reacts the other way round. */
    EFFECTS {
        @Override
        DeltaFunctions draw(int dimension, int models, RandomGenerator random) {
            return new EffectDeltas(dimension, models, random);
        }
    };

    abstract DeltaFunctions draw(int dimension, int models, RandomGenerator random);

    /** The name on the command line and in tables. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FleetFamily of(String label) {
        return Arrays.stream(values())
                .filter(family -> family.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no family " + label + "; allowed: "
                        + Arrays.stream(values()).map(FleetFamily::label).collect(Collectors.joining(", "))));
    }
}
