package dev.smt.template;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Paradigm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with the inputs of a model; every problem starts with the model's id. */
final class InputProblems {
    private InputProblems() {}

    /** All problems; none when the model can be made of the chosen features. */
    static List<String> of(Template template, TemplateInputs inputs, List<Feature> chosen, DerivedFeatures derived) {
        List<String> problems = new ArrayList<>();
        checkNames(inputs, problems);
        checkAuxiliary(template, inputs, problems);
        if (chosen.isEmpty()) {
            problems.add("no feature is left of " + inputs.available().size() + " in the pipeline, after "
                    + inputs.model().excludedFeatures().size() + " excluded ones and the template's top-K "
                    + template.features().topK() + "; exclude fewer, or raise the top-K of a type that is there");
        } else if (template.architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN) {
            checkTower(template, chosen, "user tower (features of side user or context)", false, problems);
            checkTower(template, chosen, "item tower (features of side item)", true, problems);
        }
        problems.addAll(derived.problems());
        if (derived.problems().isEmpty()) {
            List<Feature> all = new ArrayList<>(chosen);
            all.addAll(derived.features());
            checkAttention(template, all, problems);
        }
        return problems.stream().map(problem -> model(inputs) + problem).toList();
    }

    static String model(TemplateInputs inputs) {
        return "model " + inputs.model().id() + ": ";
    }

    private static void checkNames(TemplateInputs inputs, List<String> problems) {
        FleetModel model = inputs.model();
        Set<String> available = new TreeSet<>();
        for (Feature feature : inputs.available()) {
            if (!available.add(feature.name())) {
                problems.add("feature " + feature.name() + " is twice in the pipeline " + model.pipeline());
            }
        }
        Set<String> unknown = new TreeSet<>(model.excludedFeatures());
        unknown.removeAll(available);
        unknown.forEach(name -> problems.add("excluded feature " + name + " is not in the pipeline " + model.pipeline()
                + "; it has " + String.join(", ", available)));
        Set<String> usable = new HashSet<>(available);
        usable.removeAll(model.excludedFeatures());
        for (OptimizationEvent event : model.events()) {
            if (usable.contains(event.label())) {
                problems.add("feature " + event.label() + " is the model's label, a leak; exclude the feature");
            }
            if (usable.contains(event.given())) {
                problems.add("feature " + event.given() + " is what the event " + event
                        + " depends on, a leak; exclude the feature");
            }
        }
    }

    private static void checkAuxiliary(Template template, TemplateInputs inputs, List<String> problems) {
        for (Feature feature : inputs.available()) {
            if (template.data().auxiliaryLabels().contains(feature.name())
                    && !(feature.column() instanceof NumericColumn)) {
                problems.add("auxiliary label " + feature.name() + " is a feature of type "
                        + feature.type().label() + "; allowed: numeric features");
            }
        }
    }

    private static void checkTower(
            Template template, List<Feature> chosen, String tower, boolean item, List<String> problems) {
        if (chosen.stream().noneMatch(feature -> (feature.side() == FeatureSide.ITEM) == item)) {
            problems.add("the " + tower + " has no feature, and template " + template.name()
                    + " has two towers; use a single-tower template, or allow such a feature");
        }
    }

    /** Attention to the item reads, in the representation of events, the vectors of the item side's other features. */
    private static void checkAttention(Template template, List<Feature> features, List<String> problems) {
        boolean sequences = features.stream().anyMatch(feature -> feature.column() instanceof SequenceColumn);
        if (template.features().pooling() != SequencePooling.TARGET_ATTENTION || !sequences) {
            return;
        }
        String attention = "features.pooling target-attention reads the item side's vectors in the representation of"
                + " events, and template " + template.name();
        if (template.architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN) {
            problems.add(
                    attention + " has two towers, which meet only at their outputs; use a single-tower template, or"
                            + " another pooling");
        } else if (features.stream().noneMatch(feature -> hasItemVector(template, feature))) {
            problems.add(attention + " makes none of the model's features; use another pooling, or allow an id of the"
                    + " item side");
        }
    }

    private static boolean hasItemVector(Template template, Feature feature) {
        boolean joint =
                template.architecture().representations().numeric().kind().isJoint();
        return feature.side() == FeatureSide.ITEM
                && !(feature.column() instanceof SequenceColumn)
                && !(feature.column() instanceof NumericColumn && joint);
    }
}
