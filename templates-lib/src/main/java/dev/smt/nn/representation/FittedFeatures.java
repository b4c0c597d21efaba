package dev.smt.nn.representation;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamples.Sequences;
import dev.smt.data.FittedState;
import dev.smt.data.Quantiles;
import dev.smt.data.TransformColumns;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The features of a network with what their representations learned by counting: bins, standardizations, frequent ids.
 * All rows that training is given count, whether sampling keeps them or not.
 */
public final class FittedFeatures {
    private final NetworkSpecification network;
    private final FittedState state;

    /**
     * The features of a network in a state that {@link #fit} made of the same specification.
     *
     * @param state may lack what is never asked for
     */
    public FittedFeatures(NetworkSpecification network, FittedState state) {
        this.network = network;
        this.state = state;
    }

    /**
     * Fits on training rows.
     *
     * @throws IllegalArgumentException when the rows lack a feature
     */
    public static FittedFeatures fit(NetworkSpecification network, EncodedExamples train) {
        FittedState transforms = TransformColumns.fit(network.transforms(), train);
        EncodedExamples all = TransformColumns.with(network.transforms(), transforms, train);
        SortedMap<String, double[]> numbers = new TreeMap<>();
        SortedMap<String, int[]> ids = new TreeMap<>();
        NumericRepresentation numeric = network.architecture().representations().numeric();
        int minCount = network.architecture().representations().id().minCount();
        for (Feature feature : network.features()) {
            if (feature.column() instanceof NumericColumn column) {
                if (numeric.kind().hasBins()) {
                    numbers.put(bins(feature), Quantiles.edges(all.numeric(feature.name()), numeric.bins()));
                } else if (numeric.kind() == NumericRepresentation.Kind.LOG) {
                    double[] logarithms = logarithms(column, all.numeric(feature.name()));
                    numbers.put(logarithm(feature), TransformColumns.standardization(logarithms));
                }
            } else if (minCount > 1) {
                frequent(feature, all, minCount).ifPresent(kept -> ids.put(frequent(feature), kept));
            }
        }
        return new FittedFeatures(network, transforms.plus(new FittedState(numbers, ids)));
    }

    /** Everything that was fitted. */
    public FittedState state() {
        return state;
    }

    /** The examples with the columns of the network's transforms. */
    public EncodedExamples withTransforms(EncodedExamples examples) {
        return TransformColumns.with(network.transforms(), state, examples);
    }

    /** The edges of a numeric feature's bins, ascending. */
    public double[] binEdges(Feature feature) {
        return state.numbers(bins(feature));
    }

    /** The ids of a feature that have rows of their own; empty: all. */
    public Optional<BitSet> frequentIds(Feature feature) {
        if (network.architecture().representations().id().minCount() <= 1) {
            return Optional.empty();
        }
        BitSet kept = new BitSet();
        Arrays.stream(state.ids(frequent(feature))).forEach(kept::set);
        return Optional.of(kept);
    }

    /** A numeric feature's column as the network reads it: logarithms where the representation says so. */
    public float[] numbers(Feature feature, EncodedExamples examples) {
        float[] column = examples.numeric(feature.name());
        if (network.architecture().representations().numeric().kind() != NumericRepresentation.Kind.LOG) {
            return column;
        }
        double[] standardization = state.numbers(logarithm(feature));
        double[] logarithms = logarithms((NumericColumn) feature.column(), column);
        float[] standardized = new float[column.length];
        for (int row = 0; row < standardized.length; row++) {
            standardized[row] = (float) ((logarithms[row] - standardization[0]) / standardization[1]);
        }
        return standardized;
    }

    private static double[] logarithms(NumericColumn column, float[] values) {
        double[] logarithms = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            logarithms[row] = column.logarithm(values[row]);
        }
        return logarithms;
    }

    /** The ids that occur in so many rows, ascending. */
    private static Optional<int[]> frequent(Feature feature, EncodedExamples train, int minCount) {
        if (feature.column() instanceof IdColumn id) {
            int[] counts = new int[id.cardinality()];
            for (int value : train.ids(feature.name())) {
                counts[value]++;
            }
            return Optional.of(atLeast(counts, minCount));
        }
        if (feature.column() instanceof SequenceColumn sequence) {
            return Optional.of(atLeast(rowCounts(train.sequences(feature.name()), sequence.cardinality()), minCount));
        }
        return Optional.empty();
    }

    private static int[] rowCounts(Sequences sequences, int cardinality) {
        int[] counts = new int[cardinality];
        int[] lastRow = new int[cardinality];
        for (int row = 1; row < sequences.offsets().length; row++) {
            for (int at = sequences.offsets()[row - 1]; at < sequences.offsets()[row]; at++) {
                int id = sequences.values()[at];
                counts[id] += lastRow[id] == row ? 0 : 1;
                lastRow[id] = row;
            }
        }
        return counts;
    }

    private static int[] atLeast(int[] counts, int minCount) {
        return IntStream.range(1, counts.length)
                .filter(id -> counts[id] >= minCount)
                .toArray();
    }

    private static String bins(Feature feature) {
        return "bins of " + feature.name();
    }

    private static String logarithm(Feature feature) {
        return "logarithm of " + feature.name();
    }

    private static String frequent(Feature feature) {
        return "frequent ids of " + feature.name();
    }
}
