package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.trial.Seeds;
import dev.smt.metric.BucketedLoss;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.search.SearchSpace;
import dev.smt.template.ExposedSpace;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Every model looks for its own values of the fields that its template exposes, within their bounds and nowhere else (paper,
 * section 3.2.2): a small search for each, the models of a round trained side by side. The first trial is the template's
 * own values, and the others are compared with it.
 */
final class InstanceTuning {
    private final int trials;
    private final long seed;
    private final Evaluator evaluator;

    /** Trains instances and evaluates them on rows that do not decide what ships. */
    interface Evaluator {
        /** The losses in the order of the instances, always on the same rows of a model; empty where a training failed. */
        List<Optional<BucketedLoss>> losses(List<TunedInstance> instances);
    }

    /**
     * What became of one model's search.
     *
     * @param values by the path of the field, for its instantiation; none where the template's are kept
     * @param json the point of the exposed space; empty where the template's values are kept
     * @param trainings that the search took
     */
    record Tuned(ParameterValues values, Optional<String> json, int trainings) {}

    /**
     * A tuning.
     *
     * @param trials trainings per model, that of the template's own values included; 0: no tuning
     * @param seed of the suggestions
     */
    InstanceTuning(int trials, long seed, Evaluator evaluator) {
        this.trials = trials;
        this.seed = seed;
        this.evaluator = evaluator;
    }

    /**
     * The models' own values by model id.
     *
     * @param allowed instances that are worth a training: those that the model could be served with
     */
    Map<String, Tuned> of(Map<FleetModel, Template> templates, Predicate<TunedInstance> allowed) {
        Map<FleetModel, ModelSearch> searches = new LinkedHashMap<>();
        if (trials > 0) {
            templates.forEach((model, template) ->
                    search(model, template, allowed).ifPresent(search -> searches.put(model, search)));
        }
        for (int round = 0; round < trials; round++) {
            round(searches, templates);
        }
        Map<String, Tuned> tuned = new LinkedHashMap<>();
        templates.forEach(
                (model, template) -> tuned.put(model.id(), tuned(template, Optional.ofNullable(searches.get(model)))));
        return tuned;
    }

    /** Empty where the template exposes no bounded field, or has itself a value out of the bounds. */
    private Optional<ModelSearch> search(FleetModel model, Template template, Predicate<TunedInstance> allowed) {
        SearchSpace space = ExposedSpace.of(template);
        if (space.parameters().isEmpty()) {
            return Optional.empty();
        }
        return ExposedSpace.current(template)
                .map(start -> ModelSearch.of(
                        model.id(),
                        space,
                        start,
                        trials,
                        Seeds.of(seed, "tuning", model.id()),
                        theta -> allowed.test(new TunedInstance(model, template, theta))));
    }

    private void round(Map<FleetModel, ModelSearch> searches, Map<FleetModel, Template> templates) {
        List<TunedInstance> instances = new ArrayList<>();
        searches.forEach((model, search) ->
                search.next().ifPresent(theta -> instances.add(new TunedInstance(model, templates.get(model), theta))));
        if (instances.isEmpty()) {
            return;
        }
        List<Optional<BucketedLoss>> losses = evaluator.losses(instances);
        for (int i = 0; i < instances.size(); i++) {
            TunedInstance instance = instances.get(i);
            searches.get(instance.model()).tell(instance.theta(), losses.get(i));
        }
    }

    private static Tuned tuned(Template template, Optional<ModelSearch> search) {
        int trainings = search.map(ModelSearch::trainings).orElse(0);
        return search.flatMap(ModelSearch::chosen)
                .map(theta -> new Tuned(
                        ExposedSpace.values(template, theta),
                        Optional.of(ParameterValuesJson.write(ExposedSpace.of(template), theta)),
                        trainings))
                .orElse(new Tuned(ParameterValues.empty(), Optional.empty(), trainings));
    }
}
