package dev.smt.data;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Transform;
import dev.smt.feature.Transform.Bucket;
import dev.smt.feature.Transform.Cross;
import dev.smt.feature.Transform.Ratio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Computes the columns of declared features. */
public final class TransformColumns {
    /** A denominator this much smaller than its column's spread is the rounding error of a 0 that was standardized. */
    private static final double ROUNDING = 1e-5;

    /** Standardized ratios are cut here, in standard deviations: a tiny denominator would make any number. */
    private static final double MOST_DEVIATIONS = 10;

    private TransformColumns() {}

    /** What the transforms learn from training rows. */
    public static FittedState fit(List<Transform> transforms, EncodedExamples train) {
        SortedMap<String, double[]> numbers = new TreeMap<>();
        for (Transform transform : transforms) {
            if (transform instanceof Bucket bucket) {
                numbers.put(bucket.text(), Quantiles.edges(train.numeric(bucket.source()), bucket.buckets()));
            } else if (transform instanceof Ratio ratio) {
                numbers.put(ratio.text(), standardization(ratios(ratio, train)));
            }
        }
        return new FittedState(numbers, new TreeMap<>());
    }

    /** Mean and deviation of the numbers that are there; a constant has deviation 1. */
    public static double[] standardization(double[] values) {
        double sum = 0;
        int present = 0;
        for (double value : values) {
            sum += Double.isNaN(value) ? 0 : value;
            present += Double.isNaN(value) ? 0 : 1;
        }
        double mean = present == 0 ? 0 : sum / present;
        double squares = 0;
        for (double value : values) {
            squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
        }
        double deviation = present == 0 ? 0 : Math.sqrt(squares / present);
        return new double[] {mean, deviation > ROUNDING * Math.abs(mean) ? deviation : 1};
    }

    /** The examples with the columns of the transforms; one whose column is already there is left as it is. */
    public static EncodedExamples with(List<Transform> transforms, FittedState fitted, EncodedExamples examples) {
        Map<String, Feature> features = new LinkedHashMap<>();
        examples.features().forEach(feature -> features.put(feature.name(), feature));
        EncodedExamples all = examples;
        for (Transform transform : transforms) {
            if (features.containsKey(transform.text())) {
                continue;
            }
            if (!transform.isComputableFrom(features.keySet())) {
                throw new IllegalArgumentException("transform " + transform.text() + " needs the features "
                        + transform.sources() + "; there are " + features.keySet());
            }
            Feature feature = transform.feature(features);
            if (transform instanceof Cross cross) {
                all = all.withIds(feature, pairs(cross, features, examples, ((IdColumn) feature.column())));
            } else if (transform instanceof Bucket bucket) {
                all = all.withIds(feature, bins(examples.numeric(bucket.source()), fitted.numbers(bucket.text())));
            } else if (transform instanceof Ratio ratio) {
                all = all.withNumeric(feature, standardized(ratios(ratio, examples), fitted.numbers(ratio.text())));
            }
        }
        return all;
    }

    /** Pairs keep their number where the column has room for all; two missing ids stay missing. */
    private static int[] pairs(Cross cross, Map<String, Feature> features, EncodedExamples examples, IdColumn column) {
        int[] first = examples.ids(cross.first());
        int[] second = examples.ids(cross.second());
        long width = ((IdColumn) features.get(cross.second()).column()).cardinality();
        long all = width * ((IdColumn) features.get(cross.first()).column()).cardinality();
        boolean hashed = all > column.cardinality();
        int[] ids = new int[first.length];
        for (int row = 0; row < ids.length; row++) {
            long pair = first[row] * width + second[row];
            ids[row] = (int)
                    (hashed && pair != 0
                            ? 1 + Long.remainderUnsigned(Mixing.mix(pair), column.cardinality() - 1L)
                            : pair);
        }
        return ids;
    }

    private static int[] bins(float[] column, double[] edges) {
        int[] ids = new int[column.length];
        for (int row = 0; row < ids.length; row++) {
            ids[row] = 1 + Quantiles.bin(edges, column[row]);
        }
        return ids;
    }

    /** Not a number where the denominator is 0. */
    private static double[] ratios(Ratio ratio, EncodedExamples examples) {
        NumericColumn above = column(ratio.numerator(), examples);
        NumericColumn below = column(ratio.denominator(), examples);
        float[] numerators = examples.numeric(ratio.numerator());
        float[] denominators = examples.numeric(ratio.denominator());
        double least = ROUNDING * (Math.abs(below.mean()) + below.deviation());
        double[] ratios = new double[numerators.length];
        for (int row = 0; row < ratios.length; row++) {
            double denominator = below.raw(denominators[row]);
            double value = above.raw(numerators[row]) / denominator;
            ratios[row] = Math.abs(denominator) > least && Double.isFinite(value) ? value : Double.NaN;
        }
        return ratios;
    }

    private static NumericColumn column(String name, EncodedExamples examples) {
        return examples.features().stream()
                .filter(feature -> feature.name().equals(name))
                .map(feature -> (NumericColumn) feature.column())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no numeric feature " + name));
    }

    private static float[] standardized(double[] values, double[] fitted) {
        float[] column = new float[values.length];
        for (int row = 0; row < column.length; row++) {
            double value = (values[row] - fitted[0]) / fitted[1];
            column[row] =
                    (float) (Double.isNaN(value) ? 0 : Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, value)));
        }
        return column;
    }
}
