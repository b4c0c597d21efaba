package dev.smt.template;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.nn.NetworkSpecification;
import dev.smt.search.ParameterValues;
import dev.smt.training.ModelSpecification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a model from a template and the model's inputs (paper, section 3.2.2). The model has the pipeline's features
 * but those that it may not use; of each type the K most important, by the ranking and then by name. They are in name
 * order, so that a specification depends on which features were chosen, not on the order they were listed in.
 *
 * <p>A model over its FLOPs budget is made: what serving costs is judged where trials are.
 */
public final class Instantiation {
    private Instantiation() {}

    /**
     * The resolved model.
     *
     * @throws InvalidTemplateInputsException with all the problems of the inputs
     */
    public static ModelSpecification of(Template template, TemplateInputs inputs) {
        List<Feature> chosen = chosen(template, inputs);
        List<String> problems = InputProblems.of(template, inputs, chosen);
        if (!problems.isEmpty()) {
            throw new InvalidTemplateInputsException(problems);
        }
        NetworkSpecification network = network(template, chosen);
        String label = inputs.model().label();
        String hash = SpecificationHash.of(network, template.data(), template.training(), label);
        return new ModelSpecification(network, template.data(), template.training(), label, hash);
    }

    /**
     * The resolved model with its own values of exposed fields.
     *
     * @param values by the path of the field
     * @throws InvalidTemplateInputsException with every field that isn't exposed or whose value isn't allowed, and all
     *     the problems of the inputs
     */
    public static ModelSpecification tuned(Template template, TemplateInputs inputs, ParameterValues values) {
        List<String> problems = new ArrayList<>();
        Map<String, Object> allowed = new HashMap<>(values.values());
        values.values().forEach((path, value) -> {
            if (!template.exposed().contains(path)) {
                problems.add(InputProblems.model(inputs) + "field " + path + " is set to " + value + ", but template "
                        + template.name() + " doesn't expose it; exposed: " + template.exposed());
                allowed.remove(path);
            }
        });
        Template tuned = template;
        try {
            tuned = TemplateFields.withAll(template, allowed);
        } catch (InvalidTemplateException e) {
            e.problems().forEach(problem -> problems.add(InputProblems.model(inputs) + problem));
        }
        if (problems.isEmpty()) {
            return of(tuned, inputs);
        }
        problems.addAll(InputProblems.of(tuned, inputs, chosen(tuned, inputs)));
        throw new InvalidTemplateInputsException(problems);
    }

    private static NetworkSpecification network(Template template, List<Feature> chosen) {
        // A network without sequences is the same whatever the template says of them: so is its hash.
        boolean sequences = chosen.stream().anyMatch(feature -> feature.column() instanceof SequenceColumn);
        FeatureTemplate features = template.features();
        return new NetworkSpecification(
                template.architecture(),
                chosen,
                sequences ? features.maxSequenceLength() : 1,
                sequences ? features.pooling() : SequencePooling.SUM);
    }

    private static List<Feature> chosen(Template template, TemplateInputs inputs) {
        Map<String, Integer> ranks = new HashMap<>();
        for (String name : inputs.ranking()) {
            ranks.putIfAbsent(name, ranks.size());
        }
        Comparator<Feature> byRank = Comparator.comparingInt(
                        (Feature feature) -> ranks.getOrDefault(feature.name(), Integer.MAX_VALUE))
                .thenComparing(Feature::name);
        List<Feature> chosen = new ArrayList<>();
        for (FeatureType type : FeatureType.values()) {
            inputs.available().stream()
                    .filter(feature -> feature.type() == type)
                    .filter(feature -> !inputs.model().excludedFeatures().contains(feature.name()))
                    .sorted(byRank)
                    .limit(template.features().topK().get(type))
                    .forEach(chosen::add);
        }
        return chosen.stream().sorted(Comparator.comparing(Feature::name)).toList();
    }
}
