package dev.smt.feature;

import dev.smt.feature.Feature.Column;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A feature that is declared, and computed of other features' encoded columns at training and at prediction. It is of type
 * {@link FeatureType#TRANSFORM}, and named by its declaration.
 */
public sealed interface Transform extends Serializable {

    /** The declarations, as a message says them. */
    String FORMS = "cross(id, id, buckets), bucket(number, buckets), ratio(number, number)";

    /** The features that it is computed of. */
    List<String> sources();

    /** The declaration, such as {@code cross(user, ad, 1000)}; also the name of the feature. */
    String text();

    /** The kind of columns that the sources must have. */
    Class<? extends Column> sourceKind();

    /** The column that it makes of the sources' columns. */
    Column column(List<Column> sources);

    /**
     * The pair of two ids, as an id.
     *
     * @param buckets where the pairs are more than this, they are hashed to as many ids; 1 or more
     */
    record Cross(String first, String second, int buckets) implements Transform {
        public Cross {
            requirePositive("cross", buckets);
        }

        @Override
        public List<String> sources() {
            return List.of(first, second);
        }

        @Override
        public String text() {
            return "cross(" + first + ", " + second + ", " + buckets + ")";
        }

        @Override
        public Class<? extends Column> sourceKind() {
            return IdColumn.class;
        }

        @Override
        public IdColumn column(List<Column> sources) {
            long pairs = (long) ((IdColumn) sources.get(0)).cardinality() * ((IdColumn) sources.get(1)).cardinality();
            return new IdColumn((int) Math.min(pairs, buckets + 1L));
        }
    }

    /**
     * The bin of a number, as an id from 1: between two quantiles of the training rows.
     *
     * @param buckets most bins, 1 or more
     */
    record Bucket(String source, int buckets) implements Transform {
        public Bucket {
            requirePositive("bucket", buckets);
        }

        @Override
        public List<String> sources() {
            return List.of(source);
        }

        @Override
        public String text() {
            return "bucket(" + source + ", " + buckets + ")";
        }

        @Override
        public Class<? extends Column> sourceKind() {
            return NumericColumn.class;
        }

        @Override
        public IdColumn column(List<Column> sources) {
            return new IdColumn(buckets + 1);
        }
    }

    /** A raw number divided by another, standardized on the training rows; missing where the other is 0. */
    record Ratio(String numerator, String denominator) implements Transform {
        @Override
        public List<String> sources() {
            return List.of(numerator, denominator);
        }

        @Override
        public String text() {
            return "ratio(" + numerator + ", " + denominator + ")";
        }

        @Override
        public Class<? extends Column> sourceKind() {
            return NumericColumn.class;
        }

        @Override
        public NumericColumn column(List<Column> sources) {
            return new NumericColumn();
        }
    }

    /** Whether all its sources are there. */
    default boolean isComputableFrom(Collection<String> features) {
        return features.containsAll(sources());
    }

    /**
     * The feature that it makes.
     *
     * @param features by name; its sources are among them
     * @throws IllegalArgumentException when a source is of another kind
     */
    default Feature feature(Map<String, Feature> features) {
        List<Column> columns = new ArrayList<>();
        for (String source : sources()) {
            Column column = features.get(source).column();
            if (!sourceKind().isInstance(column)) {
                throw new IllegalArgumentException("transform " + text() + " wants of " + source + " a "
                        + sourceKind().getSimpleName() + "; it has a "
                        + column.getClass().getSimpleName());
            }
            columns.add(column);
        }
        return new Feature(text(), FeatureType.TRANSFORM, side(features), column(columns));
    }

    /** Whether it is of features of items and of others: then it fits no tower of two. */
    default boolean mixesSides(Map<String, Feature> features) {
        long items = sources().stream()
                .filter(source -> features.get(source).side() == FeatureSide.ITEM)
                .count();
        return items > 0 && items < sources().size();
    }

    private FeatureSide side(Map<String, Feature> features) {
        List<FeatureSide> sides = sources().stream()
                .map(source -> features.get(source).side())
                .distinct()
                .toList();
        return sides.size() == 1 ? sides.get(0) : FeatureSide.CONTEXT;
    }

    /**
     * Reads a declaration.
     *
     * @throws IllegalArgumentException with the text and what is allowed
     */
    static Transform parse(String text) {
        Matcher matcher = Pattern.compile("\\s*([a-z]+)\\s*\\(([^()]+)\\)\\s*").matcher(text);
        if (matcher.matches()) {
            String[] arguments = matcher.group(2).strip().split("\\s*,\\s*");
            String form = matcher.group(1) + "/" + arguments.length;
            switch (form) {
                case "cross/3":
                    return new Cross(arguments[0], arguments[1], buckets(text, arguments[2]));
                case "bucket/2":
                    return new Bucket(arguments[0], buckets(text, arguments[1]));
                case "ratio/2":
                    return new Ratio(arguments[0], arguments[1]);
                default:
                    break;
            }
        }
        throw new IllegalArgumentException("transform is \"" + text + "\"; allowed: " + FORMS);
    }

    private static int buckets(String text, String argument) {
        if (!argument.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("transform is \"" + text + "\", its buckets " + argument
                    + "; allowed: a whole number of 1 to 9 digits");
        }
        return Integer.parseInt(argument);
    }

    private static void requirePositive(String form, int buckets) {
        if (buckets < 1) {
            throw new IllegalArgumentException(form + " has " + buckets + " buckets; allowed: 1 or more");
        }
    }
}
