package dev.smt.bayes;

import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** What an earlier study may have been, as seen from a synthetic fleet's study. */
enum EarlierKind {
    /** There was none. */
    NONE,
    /** The same fleet, measured again. */
    SAME,
    /** Half of the models were others, and all deltas were those of this fleet by 80 %, of another by 20 %. */
    RELATED,
    /** Another fleet of the same family, under the names of this one's models. */
    UNRELATED,
    /** The same fleet with every parameter the other way round. */
    REVERSED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Trials of an earlier study that was run with the library's optimizer. */
    List<EarlierTrial> trials(SyntheticFleet fleet, SyntheticFleet other, double noise, int trials, long seed) {
        List<EarlierTrial> earlier = new ArrayList<>();
        if (this == NONE) {
            return earlier;
        }
        FleetOptimizer optimizer =
                new FleetOptimizer(fleet.space(), fleet.objective(), OptimizerSettings.of(fleet.space()), 1000 + seed);
        for (int trial = 0; trial < trials; trial++) {
            ParameterValues theta = optimizer.ask(1, List.of()).get(0).theta();
            RandomGenerator random = new Well19937c(new int[] {(int) seed, trial, ordinal()});
            List<ModelDelta> deltas = deltas(fleet, other, theta, noise, random);
            optimizer.tell(theta, deltas);
            earlier.add(new EarlierTrial("earlier", theta, renamed(deltas)));
        }
        return earlier;
    }

    private List<ModelDelta> deltas(
            SyntheticFleet fleet, SyntheticFleet other, ParameterValues theta, double noise, RandomGenerator random) {
        return switch (this) {
            case NONE, SAME -> fleet.measured(theta, noise, random);
            case RELATED -> blended(fleet.measured(theta, noise, random), other.measured(theta, noise, random));
            case UNRELATED -> other.measured(theta, noise, random);
            case REVERSED -> {
                UnitCube cube = new UnitCube(fleet.space());
                double[] mirrored =
                        Arrays.stream(cube.encode(theta)).map(x -> 1 - x).toArray();
                yield fleet.measured(cube.decode(mirrored), noise, random);
            }
        };
    }

    private static List<ModelDelta> blended(List<ModelDelta> ours, List<ModelDelta> others) {
        List<ModelDelta> blended = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ModelDelta own = ours.get(i);
            blended.add(
                    own.failed() || others.get(i).failed()
                            ? ModelDelta.failure(own.modelId())
                            : new ModelDelta(
                                    own.modelId(),
                                    false,
                                    0.8 * own.delta() + 0.2 * others.get(i).delta(),
                                    own.standardError()));
        }
        return blended;
    }

    private List<ModelDelta> renamed(List<ModelDelta> deltas) {
        List<ModelDelta> renamed = new ArrayList<>();
        for (int i = 0; i < deltas.size(); i++) {
            ModelDelta delta = deltas.get(i);
            boolean others = this == RELATED && i % 2 == 1;
            renamed.add(new ModelDelta(
                    others ? "old-" + delta.modelId() : delta.modelId(),
                    delta.failed(),
                    delta.delta(),
                    delta.standardError()));
        }
        return renamed;
    }
}
