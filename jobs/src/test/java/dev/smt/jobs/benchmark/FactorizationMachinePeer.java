package dev.smt.jobs.benchmark;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.metric.BucketedLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A factorization machine of degree 2 (Rendle 2010) on id and numeric features, trained by AdaGrad row by row; of width 0
 * it is a logistic regression. What the templates are compared with; written plainly, to be read.
 */
final class FactorizationMachinePeer {
    private final int width;
    private final double rate;
    private final List<Feature> features;
    private final int[] begins;
    private final double[] weights;
    private final double[] weightSquares;
    private final float[][] factors;
    private final float[][] factorSquares;
    private double bias;
    private double biasSquares = 1e-8;

    FactorizationMachinePeer(List<Feature> features, int width, double rate) {
        this.features = features;
        this.width = width;
        this.rate = rate;
        this.begins = new int[features.size() + 1];
        for (int f = 0; f < features.size(); f++) {
            begins[f + 1] = begins[f] + (features.get(f).column() instanceof IdColumn id ? id.cardinality() : 1);
        }
        int rows = begins[features.size()];
        weights = new double[rows];
        weightSquares = new double[rows];
        factors = new float[rows][width];
        factorSquares = new float[rows][width];
        Random random = new Random(1);
        for (float[] row : factors) {
            for (int d = 0; d < width; d++) {
                row[d] = (float) (0.01 * random.nextGaussian());
            }
        }
    }

    /** Columns of the features: ids, or null beside numbers. */
    private record Columns(List<int[]> ids, List<float[]> numbers) {
        static Columns of(EncodedExamples examples, List<Feature> features) {
            List<int[]> ids = new ArrayList<>();
            List<float[]> numbers = new ArrayList<>();
            for (Feature feature : features) {
                boolean id = feature.column() instanceof IdColumn;
                ids.add(id ? examples.ids(feature.name()) : new int[0]);
                numbers.add(id ? new float[0] : examples.numeric(feature.name()));
            }
            return new Columns(ids, numbers);
        }

        int index(int feature, int row) {
            return ids.get(feature).length > 0 ? ids.get(feature)[row] : 0;
        }

        double value(int feature, int row) {
            return numbers.get(feature).length > 0 ? numbers.get(feature)[row] : 1;
        }
    }

    void epoch(EncodedExamples examples, String label, long seed) {
        Columns columns = Columns.of(examples, features);
        float[] labels = examples.label(label);
        if (bias == 0) {
            double positives = 0;
            for (float value : labels) {
                positives += value;
            }
            bias = Math.log(positives / (labels.length - positives));
        }
        int[] order = new int[examples.rows()];
        Random random = new Random(seed);
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        double[] sums = new double[width];
        for (int row : order) {
            double error = 1 / (1 + Math.exp(-logit(columns, row, sums))) - labels[row];
            learn(columns, row, sums, error);
        }
    }

    private double logit(Columns columns, int row, double[] sums) {
        double logit = bias;
        Arrays.fill(sums, 0);
        double squares = 0;
        for (int f = 0; f < features.size(); f++) {
            int at = begins[f] + columns.index(f, row);
            double value = columns.value(f, row);
            logit += weights[at] * value;
            for (int d = 0; d < width; d++) {
                double part = factors[at][d] * value;
                sums[d] += part;
                squares += part * part;
            }
        }
        for (double sum : sums) {
            logit += sum * sum / 2;
        }
        return logit - squares / 2;
    }

    private void learn(Columns columns, int row, double[] sums, double error) {
        biasSquares += error * error;
        bias -= rate * error / Math.sqrt(biasSquares);
        for (int f = 0; f < features.size(); f++) {
            int at = begins[f] + columns.index(f, row);
            double value = columns.value(f, row);
            double gradient = error * value;
            weightSquares[at] += gradient * gradient;
            if (weightSquares[at] > 0) {
                weights[at] -= rate * gradient / Math.sqrt(weightSquares[at]);
            }
            for (int d = 0; d < width; d++) {
                double g = error * value * (sums[d] - factors[at][d] * value);
                factorSquares[at][d] += g * g;
                if (factorSquares[at][d] > 0) {
                    factors[at][d] -= rate * g / Math.sqrt(factorSquares[at][d]);
                }
            }
        }
    }

    float[] logits(EncodedExamples examples) {
        Columns columns = Columns.of(examples, features);
        float[] logits = new float[examples.rows()];
        double[] sums = new double[width];
        for (int row = 0; row < logits.length; row++) {
            logits[row] = (float) logit(columns, row, sums);
        }
        return logits;
    }

    BucketedLoss losses(EncodedExamples examples, String label) {
        float[] labels = examples.label(label);
        float[] logits = logits(examples);
        BucketedLoss losses = new BucketedLoss();
        for (int row = 0; row < logits.length; row++) {
            double logit = labels[row] == 1 ? -logits[row] : logits[row];
            losses.add(examples.bucket(row), Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))));
        }
        return losses;
    }
}
