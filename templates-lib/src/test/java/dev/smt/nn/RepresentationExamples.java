package dev.smt.nn;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.feature.Transform;
import dev.smt.fleet.OptimizationEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A network for every kind of representation, over rows with all kinds of columns: missing numbers and ids, empty and
 * over-long sequences among them.
 */
public final class RepresentationExamples {
    public static final int DIMENSION = 4;

    static final NumericColumn SKEWED = new NumericColumn(50, 20, false);
    public static final Feature AGE = new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, SKEWED);
    public static final Feature PRICE =
            new Feature("price", FeatureType.NUMERIC, FeatureSide.ITEM, new NumericColumn(3, 1, true));
    public static final Feature USER = new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(30));
    public static final Feature AD = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(5));
    public static final Feature SEEN =
            new Feature("seen", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(30, 6));
    public static final Feature IMAGE =
            new Feature("image", FeatureType.EMBEDDING, FeatureSide.ITEM, new VectorColumn(3));
    public static final List<Feature> COLUMNS = List.of(AD, AGE, IMAGE, PRICE, SEEN, USER);

    /** A network that shows one kind. */
    public record Case(String kind, NetworkSpecification network) {
        @Override
        public String toString() {
            return kind + ", " + network.architecture().paradigm();
        }
    }

    private RepresentationExamples() {}

    /** Every kind, in one tower and, where it can be, in two. */
    public static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Paradigm paradigm : Paradigm.values()) {
            for (NumericRepresentation.Kind kind : NumericRepresentation.Kind.values()) {
                cases.add(numeric(paradigm, kind));
            }
            for (IdRepresentation.Kind kind : IdRepresentation.Kind.values()) {
                cases.add(id(paradigm, kind.toString(), new IdRepresentation(kind, 0, 0), 12));
                cases.add(id(paradigm, kind + " threshold", new IdRepresentation(kind, 3, 0), 12));
            }
            cases.add(id(paradigm, "dimension", new IdRepresentation(IdRepresentation.Kind.SINGLE_ROW, 0, 0.6), 0));
            for (VectorRepresentation.Kind kind : VectorRepresentation.Kind.values()) {
                cases.add(new Case(
                        kind.toString(),
                        network(
                                paradigm,
                                Representations.PLAIN.withEmbedding(new VectorRepresentation(kind)),
                                0,
                                SequencePooling.MEAN,
                                List.of())));
            }
            for (SequencePooling pooling : SequencePooling.values()) {
                if (pooling != SequencePooling.TARGET_ATTENTION || paradigm == Paradigm.SPARSE_NN) {
                    cases.addAll(event(paradigm, pooling));
                }
            }
            cases.add(transforms(paradigm));
        }
        return cases;
    }

    private static Case numeric(Paradigm paradigm, NumericRepresentation.Kind kind) {
        NumericRepresentation numeric = new NumericRepresentation(kind, 3, 2, 0.3);
        return new Case(
                kind.toString(),
                network(paradigm, Representations.PLAIN.withNumeric(numeric), 0, SequencePooling.MEAN, List.of()));
    }

    private static Case id(Paradigm paradigm, String kind, IdRepresentation id, int buckets) {
        return new Case(
                kind, network(paradigm, Representations.PLAIN.withId(id), buckets, SequencePooling.MEAN, List.of()));
    }

    /** Alone, and with narrow tables and two hashes, which sequences use in their own way. */
    private static List<Case> event(Paradigm paradigm, SequencePooling pooling) {
        Representations plain = Representations.PLAIN.withEvent(new EventRepresentation(3));
        Representations narrow = plain.withId(new IdRepresentation(IdRepresentation.Kind.DOUBLE_HASHING, 2, 0.7));
        return List.of(
                new Case(pooling.toString(), network(paradigm, plain, 0, pooling, List.of())),
                new Case(pooling + " narrow", network(paradigm, narrow, 12, pooling, List.of())));
    }

    private static Case transforms(Paradigm paradigm) {
        List<Transform> transforms = paradigm == Paradigm.SPARSE_NN
                ? List.of(
                        new Transform.Cross("user", "ad", 40),
                        new Transform.Bucket("age", 4),
                        new Transform.Ratio("age", "price"))
                : List.of(new Transform.Bucket("age", 4), new Transform.Cross("ad", "ad", 40));
        return new Case("transforms", network(paradigm, Representations.PLAIN, 0, SequencePooling.MEAN, transforms));
    }

    private static NetworkSpecification network(
            Paradigm paradigm,
            Representations representations,
            int buckets,
            SequencePooling pooling,
            List<Transform> transforms) {
        List<Feature> features = new ArrayList<>(COLUMNS);
        EncodedExamples none = rows(0, 0);
        for (Transform transform : transforms) {
            features.add(transform.feature(
                    none.features().stream().collect(Collectors.toMap(Feature::name, feature -> feature))));
        }
        Architecture architecture = new Architecture(
                        paradigm, DIMENSION, buckets, List.of(3), List.of(new Interaction.Dot()), List.of(5))
                .withRepresentations(representations);
        return new NetworkSpecification(
                architecture, features, 4, pooling, List.of(OptimizationEvent.binary("click")), transforms);
    }

    /** Rows of all kinds of columns; the first three have nothing but missing values. */
    public static EncodedExamples rows(int rows, long seed) {
        Random random = new Random(seed);
        float[] age = new float[rows];
        float[] price = new float[rows];
        float[] image = new float[rows * 3];
        int[] user = new int[rows];
        int[] ad = new int[rows];
        int[] offsets = new int[rows + 1];
        int[] seen = new int[rows * 6];
        float[] click = new float[rows];
        for (int row = 0; row < rows; row++) {
            click[row] = random.nextInt(2);
            offsets[row + 1] = offsets[row];
            if (row < 3) {
                continue;
            }
            age[row] = (float) random.nextGaussian();
            price[row] = (float) random.nextGaussian();
            user[row] = random.nextInt(30);
            ad[row] = random.nextInt(5);
            for (int d = 0; d < 3; d++) {
                image[row * 3 + d] = (float) random.nextGaussian();
            }
            int length = random.nextInt(7);
            for (int i = 0; i < length; i++) {
                seen[offsets[row + 1]++] = random.nextInt(30);
            }
        }
        return EncodedExamples.builder(rows)
                .ids(AD, ad)
                .numeric(AGE, age)
                .vectors(IMAGE, image)
                .numeric(PRICE, price)
                .sequences(SEEN, offsets, Arrays.copyOf(seen, offsets[rows]))
                .ids(USER, user)
                .label("click", click)
                .build();
    }
}
