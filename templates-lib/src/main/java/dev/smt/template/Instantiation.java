package dev.smt.template;

import dev.smt.data.DataTemplate;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.NetworkSpecification;
import dev.smt.search.ParameterValues;
import dev.smt.serving.ServingTemplate;
import dev.smt.training.ModelSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a model from a template and the model's inputs (paper, section 3.2.2). The model has the pipeline's features
 * but those that it may not use; of each type the K most important, by the ranking and then by name. They are in name
 * order, so that a specification depends on which features were chosen, not on the order they were listed in. Declared
 * features come on top of the K of their type.
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
        DerivedFeatures derived = derived(template, inputs);
        List<String> problems = InputProblems.of(template, inputs, chosen, derived);
        if (!problems.isEmpty()) {
            throw new InvalidTemplateInputsException(problems);
        }
        NetworkSpecification network = network(template, inputs, chosen, derived);
        DataTemplate data = data(template, inputs);
        String hash = SpecificationHash.of(network, data, template.training());
        ServingTemplate serving = template.serving();
        return new ModelSpecification(network, data, template.training(), serving, hash, ServingSection.hash(serving));
    }

    /**
     * The resolved model with its own values of exposed fields.
     *
     * @param values by the path of the field
     * @throws InvalidTemplateInputsException with every field that isn't exposed or whose value is out of its bounds, and all
     *     the problems of the inputs
     */
    public static ModelSpecification tuned(Template template, TemplateInputs inputs, ParameterValues values) {
        List<String> problems = new ArrayList<>();
        Map<String, Object> allowed = new HashMap<>(values.values());
        values.values().forEach((path, value) -> {
            Optional<String> problem = exposureProblem(template, path, value);
            problem.ifPresent(text -> {
                problems.add(InputProblems.model(inputs) + text);
                allowed.remove(path);
            });
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
        problems.addAll(InputProblems.of(tuned, inputs, chosen(tuned, inputs), derived(tuned, inputs)));
        throw new InvalidTemplateInputsException(problems);
    }

    /** What of the data template means something to the model: only that decides its training, and its hash. */
    private static DataTemplate data(Template template, TemplateInputs inputs) {
        Set<String> labels =
                inputs.model().events().stream().map(OptimizationEvent::label).collect(Collectors.toSet());
        List<String> auxiliary = auxiliary(template, inputs);
        DataTemplate data = template.data();
        return data.withLabelTransforms(data.labelTransforms().stream()
                        .filter(transform -> labels.contains(transform.label()))
                        .toList())
                .withAuxiliaryLabels(auxiliary, auxiliary.isEmpty() ? 0 : data.auxiliaryWeight());
    }

    /** The model's features that it learns to predict, and doesn't read. */
    private static List<String> auxiliary(Template template, TemplateInputs inputs) {
        return template.data().auxiliaryLabels().stream()
                .filter(label ->
                        usable(inputs).anyMatch(feature -> feature.name().equals(label)))
                .toList();
    }

    private static Stream<Feature> usable(TemplateInputs inputs) {
        return inputs.available().stream()
                .filter(feature -> !inputs.model().excludedFeatures().contains(feature.name()));
    }

    private static List<OptimizationEvent> events(Template template, TemplateInputs inputs) {
        List<OptimizationEvent> events = new ArrayList<>(inputs.model().events());
        double weight = template.data().auxiliaryWeight();
        if (weight > 0) {
            auxiliary(template, inputs)
                    .forEach(label ->
                            events.add(new OptimizationEvent(label, new OptimizationEvent.Amount(), "", weight)));
        }
        return events;
    }

    private static Optional<String> exposureProblem(Template template, String path, Object value) {
        Optional<ExposedField> exposed = template.exposed().stream()
                .filter(field -> field.path().equals(path))
                .findFirst();
        String what = "field " + path + " is set to " + value + ", but template " + template.name();
        if (exposed.isEmpty()) {
            return Optional.of(what + " doesn't expose it; exposed: " + template.exposedPaths());
        }
        return exposed.get().admits(value)
                ? Optional.empty()
                : Optional.of(what + " allows " + exposed.get().allowedText());
    }

    private static NetworkSpecification network(
            Template template, TemplateInputs inputs, List<Feature> chosen, DerivedFeatures derived) {
        // A network without sequences is the same whatever the template says of them: so is its hash.
        boolean sequences = chosen.stream().anyMatch(feature -> feature.column() instanceof SequenceColumn);
        FeatureTemplate features = template.features();
        SequencePooling pooling = sequences ? features.pooling() : SequencePooling.SUM;
        Architecture architecture = template.architecture();
        List<Feature> all = Stream.concat(chosen.stream(), derived.features().stream())
                .sorted(Comparator.comparing(Feature::name))
                .toList();
        return new NetworkSpecification(
                architecture.withRepresentations(
                        architecture.representations().usedBy(all, pooling, architecture.embeddingBuckets() > 0)),
                all,
                sequences ? features.maxSequenceLength() : 1,
                pooling,
                events(template, inputs),
                derived.transforms());
    }

    private static DerivedFeatures derived(Template template, TemplateInputs inputs) {
        List<Feature> sources = readable(template, inputs).toList();
        List<Feature> ranked = ranked(template, inputs).sorted(byRank(inputs)).toList();
        return new DerivedFeatures(template, sources, ranked);
    }

    private static List<Feature> chosen(Template template, TemplateInputs inputs) {
        return ranked(template, inputs)
                .sorted(Comparator.comparing(Feature::name))
                .toList();
    }

    /** The K most important features of each type. */
    private static Stream<Feature> ranked(Template template, TemplateInputs inputs) {
        return Arrays.stream(FeatureType.values()).flatMap(type -> readable(template, inputs)
                .filter(feature -> feature.type() == type)
                .sorted(byRank(inputs))
                .limit(template.features().topK().get(type)));
    }

    private static Stream<Feature> readable(Template template, TemplateInputs inputs) {
        return usable(inputs)
                .filter(feature -> !template.data().auxiliaryLabels().contains(feature.name()));
    }

    private static Comparator<Feature> byRank(TemplateInputs inputs) {
        Map<String, Integer> ranks = new HashMap<>();
        for (String name : inputs.ranking()) {
            ranks.putIfAbsent(name, ranks.size());
        }
        return Comparator.comparingInt((Feature feature) -> ranks.getOrDefault(feature.name(), Integer.MAX_VALUE))
                .thenComparing(Feature::name);
    }
}
