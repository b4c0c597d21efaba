package dev.smt.serving;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.Transform;
import dev.smt.nn.IdRepresentation;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.Representations;
import dev.smt.nn.VectorRepresentation;
import dev.smt.nn.embedding.TableSizes;
import dev.smt.nn.network.ModuleInput;
import dev.smt.nn.network.ModuleInput.BinCodes;
import dev.smt.nn.network.ModuleInput.GivenVectors;
import dev.smt.nn.network.ModuleInput.IdVectors;
import dev.smt.nn.network.ModuleInput.NarrowVectors;
import dev.smt.nn.network.ModuleInput.Numbers;
import dev.smt.nn.network.TowerFeatures;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the features of a network cost until they are vectors of width D. The table is in {@link ServingCosts}. */
final class RepresentationCosts {
    private final NetworkSpecification network;
    private final Representations representations;
    private final TableSizes sizes;
    private final int dimension;

    RepresentationCosts(NetworkSpecification network) {
        this.network = network;
        this.representations = network.architecture().representations();
        this.sizes = new TableSizes(network);
        this.dimension = network.architecture().embeddingDimension();
    }

    /** The cost of the representations of one tower, without the perceptron of numbers that become one vector together. */
    Count of(TowerFeatures tower) {
        Count count = Count.NONE;
        for (Feature feature : tower.embedded()) {
            count = count.plus(table(feature));
        }
        for (ModuleInput input : tower.modules()) {
            count = count.plus(module(input, tower));
        }
        if (representations.numeric().kind() == NumericRepresentation.Kind.LOG) {
            count = count.plus(Count.elementwise(7.0 * tower.numeric().size()));
        }
        return count;
    }

    /** Computing those features that are declared: bins and crosses are looked up. */
    Count transforms(List<Feature> features) {
        Set<String> names = features.stream().map(Feature::name).collect(Collectors.toSet());
        return Count.elementwise(7.0
                * network.transforms().stream()
                        .filter(Transform.Ratio.class::isInstance)
                        .filter(ratio -> names.contains(ratio.text()))
                        .count());
    }

    /** Those of the features that have first-order weights in tables. */
    long tables(List<Feature> features) {
        return features.stream().filter(feature -> rowsRead(feature) > 0).count();
    }

    /** Vectors and first-order weights in the tables of features: parameters of which not all may be served. */
    double tableNumbers(List<Feature> features) {
        return features.stream()
                .mapToDouble(feature -> tableRows(feature) * (width(feature) + 1.0))
                .sum();
    }

    /** Rows of a feature's table of vectors; 0: it has none. */
    int tableRows(Feature feature) {
        return feature.column() instanceof NumericColumn
                ? rowsRead(feature) * representations.numeric().bins()
                : sizes.rows(feature);
    }

    /** Rows of a feature's table that one example reads. */
    int rowsRead(Feature feature) {
        if (feature.column() instanceof NumericColumn) {
            return representations.numeric().kind() == NumericRepresentation.Kind.QUANTILE ? 1 : 0;
        }
        int ids = feature.column() instanceof SequenceColumn sequence
                ? Math.min(network.maxSequenceLength(), sequence.maxLength())
                : Math.min(1, sizes.rows(feature));
        return ids * rowsPerId(feature);
    }

    /** Ids that are hashed twice have two. */
    private int rowsPerId(Feature feature) {
        boolean twice = representations.id().kind() == IdRepresentation.Kind.DOUBLE_HASHING;
        return twice && sizes.isHashed(feature) ? 2 : 1;
    }

    /** Width of a feature's vectors in its table. */
    int width(Feature feature) {
        return sizes.rows(feature) == 0 ? dimension : sizes.width(feature);
    }

    /** Looking a feature up, and pooling. */
    private Count table(Feature feature) {
        double rowWidth = width(feature) + 1.0;
        if (feature.column() instanceof NumericColumn) {
            return new Count(0, representations.numeric().bins() * rowWidth);
        }
        double additions = (rowsRead(feature) - 1) * rowWidth;
        Count count = new Count(additions, sizes.rows(feature) * rowWidth);
        if (feature.column() instanceof SequenceColumn sequence) {
            int length = Math.min(network.maxSequenceLength(), sequence.maxLength());
            if (network.pooling() == SequencePooling.POSITION_WEIGHTED) {
                return count.plus(new Count(rowsRead(feature) * rowWidth, length));
            }
            return network.pooling() == SequencePooling.MEAN ? count.plus(Count.elementwise(rowWidth)) : count;
        }
        return count;
    }

    private Count module(ModuleInput input, TowerFeatures tower) {
        if (input instanceof NarrowVectors narrow) {
            return table(narrow.feature()).plus(Count.linearOnly(1, narrow.width(), dimension));
        }
        if (input instanceof GivenVectors given) {
            boolean direction = representations.embedding().kind() == VectorRepresentation.Kind.DIRECTION_PROJECTION;
            return Count.linear(given.width(), dimension)
                    .plus(direction ? Count.elementwise(3.0 * given.width() + 1) : Count.NONE);
        }
        if (input instanceof BinCodes codes) {
            return Count.linear(codes.bins(), dimension)
                    .plus(Count.elementwise(3))
                    .times(codes.features().size());
        }
        if (input instanceof Numbers numbers) {
            int frequencies = representations.numeric().frequencies();
            return Count.linear(2.0 * frequencies, dimension)
                    .plus(new Count(4.0 * frequencies, frequencies))
                    .times(numbers.features().size());
        }
        return attention((IdVectors) input, tower);
    }

    private Count attention(IdVectors input, TowerFeatures tower) {
        Feature feature = input.feature();
        double length = input.length();
        // Rows of one id are added up; the first-order weights become their mean.
        double hashed = length * (rowsPerId(feature) - 1) * (input.width() + 1.0);
        Count count = new Count(hashed + 2 * length - 1, sizes.rows(feature) * (input.width() + 1.0));
        if (input.width() < dimension) {
            count = count.plus(Count.linearOnly(length, input.width(), dimension));
        }
        return count.plus(
                network.pooling() == SequencePooling.TARGET_ATTENTION
                        ? targetAttention(length, itemVectors(tower))
                        : selfAttention(length));
    }

    private static double itemVectors(TowerFeatures tower) {
        return tower.vectors().stream()
                .filter(feature -> feature.side() == FeatureSide.ITEM)
                .filter(feature -> !(feature.column() instanceof SequenceColumn))
                .count();
    }

    private Count targetAttention(double length, double items) {
        double hidden = representations.event().attentionWidth();
        Count unit = everyId(length, Count.linear(4.0 * dimension, hidden))
                .plus(everyId(length, Count.linear(hidden, 1)))
                .plus(Count.elementwise(length * (2.0 * dimension + hidden + 1)));
        return Count.linear(items * dimension, dimension).plus(unit).plus(Count.product(1, length, dimension));
    }

    private Count selfAttention(double length) {
        double numbers = length * dimension;
        Count layers = everyId(length, Count.linear(dimension, 4.0 * dimension))
                .plus(everyId(length, Count.linear(dimension, dimension)));
        Count norms = Count.elementwise(2 * (5 * numbers + 2 * length));
        Count scores = Count.product(length, dimension, length).plus(Count.elementwise(5 * length * length));
        Count mean = Count.product(1, length, dimension).plus(Count.elementwise(length + dimension));
        return layers.plus(norms)
                .plus(scores)
                .plus(Count.product(length, length, dimension))
                .plus(Count.elementwise(8 * numbers + 2 * numbers))
                .plus(mean)
                .plus(new Count(0, 2 * length - 1));
    }

    /** A layer that every id of a sequence goes through. */
    private static Count everyId(double length, Count layer) {
        return new Count(length * layer.flops(), layer.parameters());
    }
}
