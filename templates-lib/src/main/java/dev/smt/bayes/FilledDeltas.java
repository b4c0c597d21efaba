package dev.smt.bayes;

/** The deltas with what was not evaluated filled in, for the hyperparameters; in units. */
final class FilledDeltas {
    final double unit;
    /** m_i in percent NE. */
    final double[] offsets;
    /** Of the deltas less m_i, over the models, [N]. */
    final double[] means;

    final double[] meanVariances;
    /** How strongly each model follows the means, [M]. */
    final double[] loadings;
    /** Of the deltas less m_i, from the means times the loadings, [M][N]. */
    final double[][] deviations;

    final double[][] deviationVariances;

    FilledDeltas(DeltaTable table) {
        int n = table.points.length;
        int m = table.deltas[0].length;
        double[] trialEffects = new double[n];
        this.offsets = new double[m];
        double[][] residuals = twoWay(table, trialEffects);
        double squares = 0;
        double noise = 0;
        double largest = 0;
        int count = 0;
        double[] missing = new double[m];
        for (int i = 0; i < m; i++) {
            int seen = 0;
            for (int t = 0; t < n; t++) {
                if (table.observed[t][i]) {
                    double step = trialEffects[t] + residuals[t][i];
                    squares += step * step;
                    missing[i] += residuals[t][i] * residuals[t][i];
                    noise += table.variances[t][i];
                    largest = Math.max(largest, Math.abs(table.deltas[t][i]));
                    seen++;
                    count++;
                }
            }
            missing[i] /= Math.max(1, seen);
        }
        double spread = Math.sqrt(squares / Math.max(1, count));
        double error = Math.sqrt(noise / Math.max(1, count));
        this.unit = spread > 1e-12 * largest ? spread : error > 0 ? error : 1;
        this.means = new double[n];
        this.meanVariances = new double[n];
        this.deviations = new double[m][n];
        this.deviationVariances = new double[m][n];
        for (int t = 0; t < n; t++) {
            fill(table, t, trialEffects[t], residuals[t], missing);
        }
        this.loadings = Loadings.of(means, deviations, table.complete);
        for (int i = 0; i < m; i++) {
            for (int t = 0; t < n; t++) {
                deviations[i][t] -= (loadings[i] - 1) * means[t];
            }
        }
    }

    /** Fits model and trial effects to what was evaluated, and gives what they leave. */
    private double[][] twoWay(DeltaTable table, double[] trialEffects) {
        int n = trialEffects.length;
        int m = offsets.length;
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < m; i++) {
                double sum = 0;
                int seen = 0;
                for (int t = 0; t < n; t++) {
                    sum += table.observed[t][i] ? table.deltas[t][i] - trialEffects[t] : 0;
                    seen += table.observed[t][i] ? 1 : 0;
                }
                offsets[i] = seen == 0 ? 0 : sum / seen;
            }
            for (int t = 0; t < n; t++) {
                double sum = 0;
                int seen = 0;
                for (int i = 0; i < m; i++) {
                    sum += table.observed[t][i] ? table.deltas[t][i] - offsets[i] : 0;
                    seen += table.observed[t][i] ? 1 : 0;
                }
                trialEffects[t] = seen == 0 ? 0 : sum / seen;
            }
        }
        double[][] residuals = new double[n][m];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < m; i++) {
                residuals[t][i] = table.observed[t][i] ? table.deltas[t][i] - offsets[i] - trialEffects[t] : 0;
            }
        }
        return residuals;
    }

    private void fill(DeltaTable table, int t, double effect, double[] residuals, double[] missing) {
        int m = offsets.length;
        double square = unit * unit;
        double sum = 0;
        for (int i = 0; i < m; i++) {
            sum += residuals[i];
            meanVariances[t] += (table.observed[t][i] ? table.variances[t][i] : missing[i]) / square / m / m;
        }
        means[t] = (effect + sum / m) / unit;
        for (int i = 0; i < m; i++) {
            deviations[i][t] = (residuals[i] - sum / m) / unit;
            double own = (table.observed[t][i] ? table.variances[t][i] : missing[i]) / square;
            deviationVariances[i][t] = Math.max(0, (1 - 2.0 / m) * own + meanVariances[t]);
        }
    }
}
