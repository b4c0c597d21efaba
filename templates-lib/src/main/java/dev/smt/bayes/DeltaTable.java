package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The told results as the surrogate sees them: N distinct thetas by M models.
 *
 * <ul>
 *   <li>Results of the same theta are averaged, and so are their known variances (over k^2): replicates.
 *   <li>A delta far below the others is raised to a floor: {@value #FLOOR_DEVIATIONS} robust standard deviations below
 *       the median and below zero. It stays a regression; but the value of a diverged training says nothing about the
 *       region that matters, and would flatten everything else.
 *   <li>A failed model gets that floor, without noise; and its trial is marked, because a trial with a failed model
 *       is not feasible whatever the other models say.
 *   <li>A model that was not evaluated, because its trial was stopped before, is not observed.
 *   <li>Trials of {@link EarlierStudies} follow the told ones. Models of this fleet that they didn't have are not observed;
 *       the mean of those that this fleet hasn't is one more column, which has no weight and can't regress.
 * </ul>
 */
final class DeltaTable {
    private static final double FLOOR_DEVIATIONS = 5;
    private static final double MAD_TO_SD = 1.4826;

    /** How many of the N are of this study; they come first. */
    final int own;
    /** Encoded thetas, with a coordinate per earlier study: [N][D + S]. */
    final double[][] points;
    /** Deltas in percent NE, [N][M], or [N][M + 1] with models of other fleets. */
    final double[][] deltas;
    /** Squared standard errors, [N][M]; 0 where unknown. */
    final double[][] variances;
    /** Whether a model was evaluated, [N][M]; failed ones were. */
    final boolean[][] observed;
    /** Whether a model failed, [N]. */
    final boolean[] failed;
    /** Whether it is a trial of this study of which all models were evaluated and none failed, [N]. */
    final boolean[] complete;
    /** Whether any told result is feasible. */
    final boolean anyFeasible;

    DeltaTable(UnitCube cube, FleetObjective objective, List<Result> results) {
        this(cube, objective, results, EarlierStudies.NONE);
    }

    DeltaTable(UnitCube cube, FleetObjective objective, List<Result> results, EarlierStudies earlier) {
        List<List<Result>> byTheta = new ArrayList<>(Result.byTheta(results).values());
        List<double[]> places = new ArrayList<>();
        byTheta.forEach(same -> places.add(earlier.own(cube.encode(same.get(0).theta()))));
        this.own = byTheta.size();
        for (int study = 0; study < earlier.count(); study++) {
            for (List<Result> same : Result.byTheta(earlier.results(study)).values()) {
                byTheta.add(same);
                places.add(earlier.of(study, cube.encode(same.get(0).theta())));
            }
        }
        List<String> models = objective.models();
        int n = byTheta.size();
        int columns = models.size() + (anyOther(models, earlier) ? 1 : 0);
        this.points = places.toArray(double[][]::new);
        this.deltas = new double[n][columns];
        this.variances = new double[n][columns];
        this.observed = new boolean[n][columns];
        this.failed = new boolean[n];
        this.complete = new boolean[n];
        this.anyFeasible = results.stream().anyMatch(Result::feasible);
        double floor = floor(objective, results);
        for (int t = 0; t < n; t++) {
            add(t, models, byTheta.get(t), floor);
        }
    }

    /** What is expected of a model in a trial: percent NE, and its square. */
    record Expected(double delta, double variance) {}

    /** Says what is expected of a model in a trial. */
    interface Expectation {
        Expected of(int trial, int model);
    }

    private DeltaTable(DeltaTable other, Expectation expectation) {
        this.own = other.own;
        this.points = other.points;
        this.failed = other.failed;
        this.complete = other.complete;
        this.anyFeasible = other.anyFeasible;
        this.deltas = Arrays.stream(other.deltas).map(double[]::clone).toArray(double[][]::new);
        this.variances = Arrays.stream(other.variances).map(double[]::clone).toArray(double[][]::new);
        this.observed = new boolean[points.length][];
        for (int t = 0; t < points.length; t++) {
            observed[t] = new boolean[deltas[t].length];
            Arrays.fill(observed[t], true);
            for (int model = 0; model < deltas[t].length; model++) {
                if (!other.observed[t][model]) {
                    Expected expected = expectation.of(t, model);
                    deltas[t][model] = expected.delta();
                    variances[t][model] = expected.variance();
                }
            }
        }
    }

    /** The same where what was not observed is taken to be what is expected, its variance that of noise. */
    DeltaTable filled(Expectation expectation) {
        return new DeltaTable(this, expectation);
    }

    /** Whether any model of any trial was not observed. */
    boolean anyMissing() {
        return IntStream.range(0, points.length)
                .anyMatch(t -> IntStream.range(0, observed[t].length).anyMatch(model -> !observed[t][model]));
    }

    private static boolean anyOther(List<String> models, EarlierStudies earlier) {
        return earlier.all().stream()
                .flatMap(result -> result.deltas().stream())
                .anyMatch(delta -> !models.contains(delta.modelId()));
    }

    private void add(int t, List<String> models, List<Result> replicates, double floor) {
        int[] counts = new int[deltas[t].length];
        for (Result result : replicates) {
            for (ModelDelta delta : result.deltas()) {
                int known = models.indexOf(delta.modelId());
                int model = known < 0 ? models.size() : known;
                counts[model]++;
                failed[t] |= delta.failed();
                deltas[t][model] += delta.failed() ? floor : Math.max(floor, delta.delta());
                double error = delta.failed() || Double.isNaN(delta.standardError()) ? 0 : delta.standardError();
                variances[t][model] += error * error;
            }
        }
        complete[t] = t < own && !failed[t];
        for (int model = 0; model < counts.length; model++) {
            observed[t][model] = counts[model] > 0;
            complete[t] &= observed[t][model] || model == models.size();
            deltas[t][model] /= Math.max(1, counts[model]);
            variances[t][model] /= Math.max(1, counts[model] * counts[model]);
        }
    }

    private static double floor(FleetObjective objective, List<Result> results) {
        double[] finite = results.stream()
                .flatMap(result -> result.deltas().stream())
                .filter(delta -> !delta.failed())
                .mapToDouble(ModelDelta::delta)
                .toArray();
        double centre = median(finite);
        double spread = MAD_TO_SD
                * median(DoubleStream.of(finite).map(d -> Math.abs(d - centre)).toArray());
        double unit = Math.max(spread, objective.alpha() > 0 ? objective.alpha() : FleetObjective.DEFAULT_ALPHA);
        return Math.min(0, centre) - FLOOR_DEVIATIONS * unit;
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
    }
}
