package dev.smt.training;

import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.network.TowerFeatures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which of a tower's tables each worker looks up in. */
final class TableShares {
    private TableShares() {}

    /**
     * To each worker about the same number of lookups: the largest features first, each to who has the least.
     *
     * @return positions among the tower's embedded features, by worker
     */
    static List<List<Integer>> of(TowerFeatures features, NetworkSpecification specification, int workers) {
        long[] lookups = new long[workers];
        List<List<Integer>> shares = new ArrayList<>();
        IntStream.range(0, workers).forEach(worker -> shares.add(new ArrayList<>()));
        IntStream.range(0, features.embedded().size())
                .boxed()
                .sorted(Comparator.comparingInt(position -> -lookups(features, position, specification)))
                .forEach(position -> {
                    int least = 0;
                    for (int worker = 1; worker < workers; worker++) {
                        least = lookups[worker] < lookups[least] ? worker : least;
                    }
                    lookups[least] += lookups(features, position, specification);
                    shares.get(least).add(position);
                });
        return shares;
    }

    private static int lookups(TowerFeatures features, int position, NetworkSpecification specification) {
        return features.embedded().get(position).column() instanceof SequenceColumn sequence
                ? Math.min(sequence.maxLength(), specification.maxSequenceLength())
                : 1;
    }
}
