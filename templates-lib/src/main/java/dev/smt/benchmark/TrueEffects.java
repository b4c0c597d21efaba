package dev.smt.benchmark;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import java.util.List;
import java.util.stream.IntStream;

/** A technique's true effects on some models, fast for many thetas. */
final class TrueEffects {
    private final ResponseSurface surface;
    private final FleetObjective objective;
    private final double[] weights;
    private final int[] clusters;
    private final double[] sensitivities;
    private final double[] constants;
    private final double[] slopes;
    private final double[] ofCluster;

    /** @param models those of the objective, in its order */
    TrueEffects(ResponseSurface surface, List<BenchmarkModel> models, FleetObjective objective) {
        List<String> ids = models.stream().map(BenchmarkModel::id).toList();
        if (!ids.equals(objective.models())) {
            throw new IllegalArgumentException("models " + ids + "; expected " + objective.models());
        }
        this.surface = surface;
        this.objective = objective;
        this.weights = objective.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        this.clusters = models.stream().mapToInt(BenchmarkModel::cluster).toArray();
        this.sensitivities =
                models.stream().mapToDouble(BenchmarkModel::sensitivity).toArray();
        this.constants = models.stream()
                .mapToDouble(
                        model -> surface.level(model) - surface.coefficients().resistance() * model.loss())
                .toArray();
        this.slopes = models.stream().mapToDouble(surface::slope).toArray();
        this.ofCluster = new double[surface.coefficients().gains().length];
    }

    /** Eq. 2 to 4, of the true effects. */
    FleetOutcome outcome(ParameterValues theta) {
        double[] places = surface.places(theta);
        double h = surface.edge(places);
        for (int cluster = 0; cluster < ofCluster.length; cluster++) {
            ofCluster[cluster] = surface.shared(places, h, cluster);
        }
        double mu = 0;
        int regressions = 0;
        for (int i = 0; i < weights.length; i++) {
            double delta = sensitivities[i] * ofCluster[clusters[i]] + constants[i] + h * slopes[i];
            mu += weights[i] * delta;
            regressions += delta < -objective.alpha() ? 1 : 0;
        }
        double rate = (double) regressions / weights.length;
        return new FleetOutcome(mu, rate, rate <= objective.epsilon());
    }

    /** The largest mu that the models could have together were each at its own optimum. */
    double bound() {
        double reach = surface.reach();
        return IntStream.range(0, weights.length)
                .mapToDouble(i -> weights[i]
                        * (sensitivities[i] * surface.coefficients().gains()[clusters[i]]
                                + constants[i]
                                + reach * Math.abs(slopes[i])))
                .sum();
    }
}
