package dev.smt.benchmark;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A fleet of which everything is known, by which any system that tunes techniques on a few models for all of them can be
 * scored. It is a function of its shape and seed. alpha, epsilon and tau are the objective's defaults; all models weigh the same.
 */
public final class BenchmarkFleet {
    private static final List<TrueEffect> UNABLE =
            List.of(TrueEffect.DOES_NOTHING, TrueEffect.TOO_WEAK, TrueEffect.DIVIDES);

    private final BenchmarkShape shape;
    private final long seed;
    private final List<BenchmarkModel> models;
    private final Map<String, BenchmarkModel> byId;
    private final FleetObjective objective;
    private final List<BenchmarkTechnique> techniques;
    private final Map<String, BestTheta> best = new ConcurrentHashMap<>();

    private BenchmarkFleet(BenchmarkShape shape, long seed) {
        this.shape = shape;
        this.seed = seed;
        this.models = List.copyOf(new ModelDraw(shape, new Random(seed)).models());
        this.byId = models.stream().collect(Collectors.toMap(BenchmarkModel::id, model -> model));
        this.objective = objective(models.stream().map(BenchmarkModel::id).toList());
        this.techniques = List.copyOf(drawn(new Random(~seed)));
    }

    /** The fleet of a shape and seed; the same again for the same. */
    public static BenchmarkFleet of(BenchmarkShape shape, long seed) {
        return new BenchmarkFleet(shape, seed);
    }

    public BenchmarkShape shape() {
        return shape;
    }

    public long seed() {
        return seed;
    }

    /** The models, in the order of their ids. */
    public List<BenchmarkModel> models() {
        return models;
    }

    /** The techniques, in the order of their names. */
    public List<BenchmarkTechnique> techniques() {
        return techniques;
    }

    /** Eq. 2 to 4 over the whole fleet. */
    public FleetObjective objective() {
        return objective;
    }

    /** Eq. 2 to 4 over some models, in this order. */
    public FleetObjective objective(Collection<String> ids) {
        Map<String, Double> weights = new LinkedHashMap<>();
        ids.forEach(id -> weights.put(id, 1.0));
        return new FleetObjective(
                FleetObjective.DEFAULT_ALPHA, FleetObjective.DEFAULT_EPSILON, FleetObjective.DEFAULT_TAU, weights);
    }

    /**
     * A model.
     *
     * @throws IllegalArgumentException when there is none of that id
     */
    public BenchmarkModel model(String id) {
        int at =
                Collections.binarySearch(models.stream().map(BenchmarkModel::id).toList(), id);
        if (at < 0) {
            throw new IllegalArgumentException("model " + id + " is not one of the benchmark's " + models.size());
        }
        return models.get(at);
    }

    /** What a technique at theta is truly worth to the models of an objective. */
    public FleetOutcome outcome(BenchmarkTechnique technique, ParameterValues theta, FleetObjective of) {
        return new TrueEffects(technique.surface(), models(of), of).outcome(theta);
    }

    /** The best feasible theta on the whole fleet; empty where no theta is feasible. */
    public Optional<BestTheta> best(BenchmarkTechnique technique) {
        BestTheta known = best.get(technique.name());
        if (known == null) {
            Optional<BestTheta> found = best(technique, objective);
            found.ifPresent(theta -> best.put(technique.name(), theta));
            return found;
        }
        return Optional.of(known);
    }

    /** The best feasible theta on the models of an objective; empty where no theta is feasible. */
    public Optional<BestTheta> best(BenchmarkTechnique technique, FleetObjective of) {
        return BestTheta.of(technique.surface(), models(of), of);
    }

    private List<BenchmarkModel> models(FleetObjective of) {
        return of == objective ? models : of.models().stream().map(this::model).toList();
    }

    private List<BenchmarkTechnique> drawn(Random random) {
        List<TrueEffect> kinds = new ArrayList<>();
        for (int i = 0; i < shape.techniques(); i++) {
            kinds.add(i < shape.unable() ? UNABLE.get(i % UNABLE.size()) : TrueEffect.GENERALIZES);
        }
        Collections.shuffle(kinds, random);
        TechniqueDraw draw = new TechniqueDraw(models, objective, shape.clusters(), random);
        List<BenchmarkTechnique> drawn = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            drawn.add(draw.draw(String.format(Locale.ROOT, "technique-%03d", i + 1), kinds.get(i)));
        }
        return drawn;
    }
}
