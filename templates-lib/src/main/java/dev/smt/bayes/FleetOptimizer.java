package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.Well19937c;

/**
 * The Bayesian optimizer of Multi-Model Optimization (paper, Eq. 5; Algorithm 1, lines 6 to 14): asks for a theta, is
 * told every model's delta, and looks for the largest mu with a regression rate of at most epsilon.
 *
 * <p>First the settings' initial points, then a scrambled Sobol design, then the largest acquisition over a surrogate of
 * the per-model deltas. No theta comes twice, pending and abandoned ones included, and none but an initial point that the
 * settings don't admit; a search ends when all of a finite space was tried, or nothing more is admitted.
 *
 * <p>A trial may end in four ways. All models were evaluated: it is feasible or not. A model failed: it is infeasible, and
 * the optimizer learns where that happens. It was stopped when some models were evaluated, because it was infeasible for
 * certain: those models are told. It was abandoned for a reason that has nothing to do with theta: only that it was tried
 * is kept.
 *
 * <p>It may {@link #learnFrom} trials of earlier studies. They are no trials of this one: they can't be theta*, are nobody's
 * incumbent, and may be suggested again.
 *
 * <p>The surrogate takes at most {@value FittedTrials#MOST_THETAS} thetas: of more a third are those that were worth most, a third the
 * latest, and the others are spread. What is believed of one that was left out comes from these.
 *
 * <p>A suggestion depends on the space, objective, settings, seed, what was told in its order, the earlier trials, and the
 * pending points, and on nothing else: an optimizer that is told the same again goes on as if it had never stopped. Not safe for several
 * threads.
 */
public final class FleetOptimizer {
    private static final int BELIEF_DRAWS = 512;
    private static final int ORDER_DRAWS = 64;
    private static final int BELIEF_STREAM = 3;
    private static final int ORDER_STREAM = 4;
    private static final int CHART_DRAWS = 256;
    private static final int CHART_STREAM = 6;

    private final SearchSpace space;
    private final FleetObjective objective;
    private final OptimizerSettings settings;
    private final long seed;
    private final UnitCube cube;
    private final List<Result> told = new ArrayList<>();
    private final Set<ParameterValues> abandoned = new LinkedHashSet<>();
    private EarlierStudies earlier = EarlierStudies.NONE;
    /** Of what is told now. */
    private Optional<FittedTrials> fitted = Optional.empty();

    /** @throws IllegalArgumentException when an initial point is not of the space */
    public FleetOptimizer(SearchSpace space, FleetObjective objective, OptimizerSettings settings, long seed) {
        this.space = space;
        this.objective = objective;
        this.settings = settings.withInitial(
                settings.initial().stream().map(space::require).toList());
        this.seed = seed;
        this.cube = new UnitCube(space);
    }

    /**
     * The next points to try, fewer than {@code count} only when a finite space has no more, or none that is admitted.
     *
     * @param count 1 or more
     * @param pending points asked for before, whose results are not told yet
     * @throws IllegalArgumentException when a pending point is not of the space
     */
    public List<Suggestion> ask(int count, List<ParameterValues> pending) {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; allowed: 1 or more");
        }
        Set<ParameterValues> taken = new HashSet<>(abandoned);
        told.forEach(result -> taken.add(result.theta()));
        List<ParameterValues> waiting = new ArrayList<>();
        for (ParameterValues theta : pending) {
            if (taken.add(space.require(theta))) {
                waiting.add(space.require(theta));
            }
        }
        Asking asking = new Asking(this, taken, waiting);
        List<Suggestion> suggestions = new ArrayList<>();
        Optional<Suggestion> next = asking.next();
        while (next.isPresent()) {
            suggestions.add(next.get());
            next = suggestions.size() < count ? asking.next() : Optional.empty();
        }
        return suggestions;
    }

    /**
     * Tells a finished trial: of all models, or of some where it was stopped. A theta may be told again: its results are
     * replicates.
     *
     * @throws IllegalArgumentException when theta is not of the space, there is no delta, or a model is twice there or not
     *     of the objective's models
     */
    public void tell(ParameterValues theta, List<ModelDelta> deltas) {
        Optional<FleetOutcome> outcome = Optional.empty();
        if (deltas.size() >= objective.weights().size()) {
            outcome = Optional.of(objective.outcome(deltas));
        } else {
            requireSome(deltas);
        }
        told.add(new Result(space.require(theta), deltas, outcome));
        fitted = Optional.empty();
    }

    private void requireSome(List<ModelDelta> deltas) {
        Set<String> models = new HashSet<>();
        for (ModelDelta delta : deltas) {
            if (!objective.weights().containsKey(delta.modelId()) || !models.add(delta.modelId())) {
                throw new IllegalArgumentException("model " + delta.modelId() + " is not one of the "
                        + objective.weights().size() + " models, or is twice there");
            }
        }
        if (deltas.isEmpty()) {
            throw new IllegalArgumentException("a trial without a delta; abandon it instead");
        }
    }

    /**
     * Begins with what earlier studies of the same technique or template said; may be called several times. How much an
     * earlier study is trusted is learned with the other hyperparameters: its deltas are another function of theta, whose
     * correlation with this study's is high by the prior, higher where own trials confirm it, and low where they contradict
     * it. With at least as many earlier trials as the settings have initial ones, half as many of those (but 2 or more) are
     * enough.
     *
     * <p>Models of this fleet that an earlier study didn't have are not observed there. Its models that are not in this
     * fleet count together, by the mean of their deltas: as one more model without weight, which says something of what all
     * models have in common.
     *
     * @return how many of the trials can be used; the others' thetas are not of this space
     */
    public int learnFrom(List<EarlierTrial> trials) {
        int before = earlier.all().size();
        earlier = earlier.with(trials, space, objective);
        fitted = Optional.empty();
        return earlier.all().size() - before;
    }

    /**
     * How far each earlier study is believed to be from this one: the standard deviation, in percent NE, of what all models
     * have in common there less the same here, at the same theta. Small is trusted; one that is as large as the deltas
     * themselves says that the study is ignored. A study that there is no room for is not there.
     *
     * @throws SurrogateException when the results can't be fitted
     */
    public Map<String, Double> discrepancies() {
        return cube.dimension() == 0 || earlier.count() == 0 ? Map.of() : fitted().discrepancies();
    }

    /**
     * Gives up a trial that says nothing of its theta, which won't be suggested again.
     *
     * @throws IllegalArgumentException when theta is not of the space
     */
    public void abandon(ParameterValues theta) {
        abandoned.add(space.require(theta));
    }

    /**
     * The models in the order in which a trial is best evaluated: the most likely to regress first, so that an
     * infeasible trial shows early what it is.
     *
     * @throws IllegalArgumentException when theta is not of the space
     * @throws SurrogateException when the told results can't be fitted
     */
    public List<String> evaluationOrder(ParameterValues theta) {
        double[] point = cube.encode(theta);
        List<String> models = objective.models();
        if (told.size() + earlier.all().size() < 2 || cube.dimension() == 0) {
            return models;
        }
        FleetSamples samples = samples(ORDER_DRAWS, ORDER_STREAM);
        samples.moveTo(point);
        double[] shares = samples.regressionShares();
        return IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -shares[i]))
                .map(models::get)
                .toList();
    }

    /**
     * What is believed of each told theta, in the order in which they were told first.
     *
     * @throws SurrogateException when the told results can't be fitted
     */
    public List<TrialBelief> beliefs() {
        if (told.isEmpty()) {
            return List.of();
        }
        return fitted().beliefs(cube, objective, told, samples(BELIEF_DRAWS, BELIEF_STREAM));
    }

    /**
     * What is believed of any thetas of the space, in their order, by draws: for charts of the surrogate.
     *
     * @throws IllegalStateException when nothing was told
     * @throws IllegalArgumentException when one is not of the space
     * @throws SurrogateException when the told results can't be fitted
     */
    public List<ThetaBelief> beliefsAt(List<ParameterValues> thetas) {
        if (told.isEmpty()) {
            throw new IllegalStateException("nothing is believed of a theta before a trial was told");
        }
        FleetSamples samples = samples(CHART_DRAWS, CHART_STREAM);
        return thetas.stream()
                .map(theta -> {
                    samples.moveTo(cube.encode(theta));
                    return new ThetaBelief(samples.meanMu(), samples.muDeviation(), samples.feasibleShare());
                })
                .toList();
    }

    /**
     * What is told now as a function of theta: the posterior mean of mu, in percent NE, exact, for any theta of the space.
     * It stays as it is when more is told.
     *
     * @throws IllegalStateException when nothing was told
     * @throws SurrogateException when the told results can't be fitted
     */
    public ToDoubleFunction<ParameterValues> expectedMu() {
        if (told.isEmpty()) {
            throw new IllegalStateException("nothing is expected of mu before a trial was told");
        }
        ExpectedMu expected = new ExpectedMu(fitted().surrogate());
        return theta -> expected.at(cube.encode(theta));
    }

    private FleetSamples samples(int draws, int stream) {
        FleetSurrogate surrogate = fitted().surrogate();
        return new FleetSamples(surrogate, objective, surrogate.points(), draws, new Well19937c(stream(stream, 0)));
    }

    FittedTrials fitted() {
        if (fitted.isEmpty()) {
            fitted = Optional.of(FittedTrials.of(cube, objective, told, earlier));
        }
        return fitted.get();
    }

    SearchSpace space() {
        return space;
    }

    UnitCube cube() {
        return cube;
    }

    FleetObjective objective() {
        return objective;
    }

    OptimizerSettings settings() {
        return settings;
    }

    /** How many trials the initial design has. */
    int initialTrials() {
        int trials = settings.initialTrials();
        return earlier.all().size() < trials ? trials : Math.max(2, trials / 2);
    }

    Set<ParameterValues> abandoned() {
        return abandoned;
    }

    List<Result> told() {
        return told;
    }

    /** A seed of its own for each use of random numbers. */
    int[] stream(int stream, int index) {
        return SeedWords.of(seed, stream, told.size(), index);
    }

    /** The seed of the initial design, which doesn't depend on what was told. */
    int[] designStream() {
        return SeedWords.of(seed);
    }
}
