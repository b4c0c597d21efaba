package dev.smt.nn.network;

import ai.djl.ndarray.types.Shape;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.TableSizes;
import dev.smt.nn.network.ModuleInput.BinCodes;
import dev.smt.nn.network.ModuleInput.GivenVectors;
import dev.smt.nn.network.ModuleInput.IdVectors;
import dev.smt.nn.network.ModuleInput.NarrowVectors;
import dev.smt.nn.network.ModuleInput.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The features of one tower, in the order of the tower's inputs. A numeric feature that has a vector of its own is there
 * twice: its number is always an input, for the first-order terms.
 *
 * @param embedded features whose vectors of width D come ready from their tables
 * @param numeric numeric features
 * @param joint whether the numbers become one vector together
 * @param modules inputs of the modules that make the vectors of the other features; those that attend are last
 */
public record TowerFeatures(List<Feature> embedded, List<Feature> numeric, boolean joint, List<ModuleInput> modules) {
    public TowerFeatures {
        embedded = List.copyOf(embedded);
        numeric = List.copyOf(numeric);
        modules = List.copyOf(modules);
    }

    /**
     * The towers of a network: one, or the user tower (user and context features) and the item tower.
     *
     * @throws IllegalArgumentException when one of two towers would have no features
     */
    public static List<TowerFeatures> of(NetworkSpecification specification) {
        List<Feature> features = specification.features();
        if (specification.architecture().paradigm() == Paradigm.SPARSE_NN) {
            return List.of(of(features, specification));
        }
        List<Feature> item = features.stream()
                .filter(feature -> feature.side() == FeatureSide.ITEM)
                .toList();
        List<Feature> user = features.stream()
                .filter(feature -> feature.side() != FeatureSide.ITEM)
                .toList();
        if (item.isEmpty() || user.isEmpty()) {
            throw new IllegalArgumentException("a two-tower network needs features on both sides; its "
                    + (item.isEmpty() ? "item" : "user") + " tower has none of "
                    + features.stream()
                            .map(feature -> feature.name() + " (" + feature.side() + ")")
                            .toList()
                    + ": allow such features, or use the paradigm " + Paradigm.SPARSE_NN);
        }
        return List.of(of(user, specification), of(item, specification));
    }

    /** The shapes of the tower's inputs for a batch of B rows: vectors [B, E, D], numbers [B, N], then the modules'. */
    public List<Shape> inputShapes(long batch, int dimension) {
        List<Shape> shapes = new ArrayList<>();
        if (!embedded.isEmpty()) {
            shapes.add(new Shape(batch, embedded.size(), dimension));
        }
        if (!numeric.isEmpty()) {
            shapes.add(new Shape(batch, numeric.size()));
        }
        modules.forEach(module -> shapes.addAll(module.shapes(batch)));
        return shapes;
    }

    /** Of each input array, the features of its places along the second axis; none of a mask. */
    public List<List<Feature>> inputFeatures() {
        List<List<Feature>> all = new ArrayList<>();
        Stream.of(embedded, numeric).filter(some -> !some.isEmpty()).forEach(all::add);
        for (ModuleInput module : modules) {
            for (int array = 0; array < module.shapes(1).size(); array++) {
                all.add(array == 0 ? module.features() : List.of());
            }
        }
        return all;
    }

    /** The features with a vector each, in the order of the vectors. */
    public List<Feature> vectors() {
        List<Feature> all = new ArrayList<>(embedded);
        modules.forEach(module -> all.addAll(module.features()));
        return all;
    }

    private static TowerFeatures of(List<Feature> features, NetworkSpecification specification) {
        NumericRepresentation numbers =
                specification.architecture().representations().numeric();
        TableSizes sizes = new TableSizes(specification);
        int dimension = specification.architecture().embeddingDimension();
        List<Feature> embedded = new ArrayList<>();
        List<Feature> numeric = new ArrayList<>();
        List<ModuleInput> modules = new ArrayList<>();
        List<ModuleInput> attending = new ArrayList<>();
        for (Feature feature : features) {
            if (feature.column() instanceof NumericColumn) {
                numeric.add(feature);
                if (numbers.kind() == NumericRepresentation.Kind.QUANTILE) {
                    embedded.add(feature);
                }
            } else if (feature.column() instanceof VectorColumn vector) {
                modules.add(new GivenVectors(feature, vector.width()));
            } else if (feature.column() instanceof SequenceColumn sequence
                    && specification.pooling().attends()) {
                int length = Math.min(specification.maxSequenceLength(), sequence.maxLength());
                attending.add(new IdVectors(feature, length, sizes.width(feature)));
            } else if (sizes.width(feature) < dimension) {
                modules.add(new NarrowVectors(feature, sizes.width(feature)));
            } else {
                embedded.add(feature);
            }
        }
        numericModule(numbers, numeric, modules);
        modules.addAll(attending);
        return new TowerFeatures(embedded, numeric, numbers.kind().isJoint(), modules);
    }

    private static void numericModule(NumericRepresentation numbers, List<Feature> numeric, List<ModuleInput> modules) {
        if (numeric.isEmpty()) {
            return;
        }
        if (numbers.kind() == NumericRepresentation.Kind.PERIODIC) {
            modules.add(new Numbers(numeric));
        } else if (numbers.kind() == NumericRepresentation.Kind.PIECEWISE_LINEAR) {
            modules.add(new BinCodes(numeric, numbers.bins()));
        }
    }
}
