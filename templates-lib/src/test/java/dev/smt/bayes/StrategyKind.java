package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.search.SearchSpace;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The strategies that a benchmark compares; all but random search start with the same Sobol points. */
enum StrategyKind {
    /** The library's optimizer. */
    FLEET {
        @Override
        Strategy start(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
            return new OptimizerStrategy(space, objective, initialTrials, seed);
        }
    },
    /** The library's optimizer, its trials stopped when they are infeasible for certain. */
    RACING {
        @Override
        Strategy start(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
            return new OptimizerStrategy(space, objective, initialTrials, seed, true);
        }
    },
    /** One Gaussian process on the observed A. */
    SCALAR {
        @Override
        Strategy start(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
            return new ScalarStrategy(space, objective, initialTrials, seed);
        }
    },
    /** One Gaussian process per model, independent of each other, and the constraint on their samples. */
    INDEPENDENT {
        @Override
        Strategy start(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
            return new IndependentStrategy(space, objective, initialTrials, seed);
        }
    },
    /** Evenly spread points. */
    SOBOL {
        @Override
        Strategy start(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
            return new OptimizerStrategy(space, objective, Integer.MAX_VALUE, seed);
        }
    },
    /** Uniform points. */
    RANDOM {
        @Override
        Strategy start(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
            return new RandomStrategy(space, seed);
        }
    };

    abstract Strategy start(SearchSpace space, FleetObjective objective, int initialTrials, long seed);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StrategyKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no strategy " + label + "; allowed: "
                        + Arrays.stream(values()).map(StrategyKind::label).collect(Collectors.joining(", "))));
    }
}
