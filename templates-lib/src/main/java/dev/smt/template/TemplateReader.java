package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.data.DataTemplate;
import dev.smt.data.LabelTransform;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.feature.Transform;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Interaction;
import dev.smt.nn.Paradigm;
import dev.smt.nn.Representations;
import dev.smt.serving.ServingTemplate;
import dev.smt.training.TrainingTemplate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a template's JSON tree strictly: missing keys, unknown keys and wrong values are all told at once. */
final class TemplateReader {
    private final List<String> problems;

    /** Adds its problems to a list. */
    TemplateReader(List<String> problems) {
        this.problems = problems;
    }

    static Template read(JsonNode root) {
        TemplateReader reader = new TemplateReader(new ArrayList<>());
        JsonNode complete = root instanceof ObjectNode object ? LaterFields.complete(object.deepCopy()) : root;
        Optional<Template> template = reader.template(complete);
        if (!reader.problems.isEmpty()) {
            throw new InvalidTemplateException(reader.problems);
        }
        return template.orElseThrow();
    }

    private Optional<Template> template(JsonNode root) {
        JsonFields fields = JsonFields.of(root, problems);
        int version = fields.whole("format-version", 0);
        if (problems.isEmpty() && (version < 1 || version > TemplateWriter.FORMAT_VERSION)) {
            problems.add("format-version is " + version + "; this program reads 1 to " + TemplateWriter.FORMAT_VERSION);
            return Optional.empty();
        }
        String name = fields.text("name", "unreadable");
        fields.make(() -> TemplateReference.requireName(name));
        Optional<Architecture> architecture = architecture(fields.object("architecture"));
        Optional<FeatureTemplate> features = features(fields.object("features"));
        Optional<DataTemplate> data = data(fields.object("data"));
        Optional<TrainingTemplate> training = TrainingSection.read(fields.object("training"));
        Optional<ServingTemplate> serving = ServingSection.read(fields.object("serving"));
        List<ExposedField> exposed = ExposedSection.read(fields);
        List<String> techniques = fields.texts("techniques");
        fields.rejectUnknown();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return fields.make(() -> new Template(
                name,
                architecture.orElseThrow(),
                features.orElseThrow(),
                data.orElseThrow(),
                training.orElseThrow(),
                serving.orElseThrow(),
                exposed,
                techniques));
    }

    Optional<Architecture> architecture(JsonFields fields) {
        Paradigm paradigm = fields.label("paradigm", Paradigm.class, Paradigm.SPARSE_NN);
        int dimension = fields.whole("embedding-dimension", 1);
        int buckets = fields.whole("embedding-buckets", 0);
        List<Integer> numericTower = fields.wholes("numeric-tower");
        List<Interaction> interactions = interactions(fields.object("interactions"));
        int interactionWidth = fields.whole("interaction-width", 0);
        List<Integer> head = fields.wholes("head");
        int experts = fields.whole("experts", 0);
        HiddenLayers layers = hiddenLayers(fields.object("hidden-layers")).orElse(HiddenLayers.DEFAULT);
        Representations representations =
                RepresentationSection.read(fields.object("representation")).orElse(Representations.PLAIN);
        fields.rejectUnknown();
        return fields.make(() -> new Architecture(
                paradigm,
                dimension,
                buckets,
                numericTower,
                interactions,
                interactionWidth,
                head,
                experts,
                layers,
                representations));
    }

    private static Optional<HiddenLayers> hiddenLayers(JsonFields fields) {
        HiddenLayers fallback = HiddenLayers.DEFAULT;
        HiddenLayers.Activation activation =
                fields.label("activation", HiddenLayers.Activation.class, fallback.activation());
        HiddenLayers.Normalization normalization =
                fields.label("normalization", HiddenLayers.Normalization.class, fallback.normalization());
        double dropout = fields.real("dropout", 0);
        fields.rejectUnknown();
        return fields.make(() -> new HiddenLayers(activation, normalization, dropout));
    }

    private List<Interaction> interactions(JsonFields fields) {
        int before = problems.size();
        List<Interaction> interactions = InteractionJson.read(fields);
        boolean readable = fields.isPresent() && problems.size() == before;
        return readable ? interactions : List.of(new Interaction.Dot());
    }

    private static Optional<FeatureTemplate> features(JsonFields fields) {
        JsonFields counts = fields.object("top-k");
        Map<FeatureType, Integer> topK = new EnumMap<>(FeatureType.class);
        for (FeatureType type : FeatureType.values()) {
            topK.put(type, counts.whole(type.label(), 0));
        }
        counts.rejectUnknown();
        String selection = fields.text("selection", "");
        int length = fields.whole("max-sequence-length", 1);
        SequencePooling pooling = fields.label("pooling", SequencePooling.class, SequencePooling.SUM);
        List<String> transforms = fields.texts("transforms");
        int crossedIds = fields.whole("crossed-ids", 0);
        int crossBuckets = fields.whole("cross-buckets", FeatureTemplate.DEFAULT_CROSS_BUCKETS);
        fields.rejectUnknown();
        List<Transform> parsed = new ArrayList<>();
        transforms.forEach(text -> fields.make(() -> Transform.parse(text)).ifPresent(parsed::add));
        return fields.make(
                () -> new FeatureTemplate(topK, selection, length, pooling, parsed, crossedIds, crossBuckets));
    }

    static Optional<DataTemplate> data(JsonFields fields) {
        double negativeRate = fields.real("negative-rate", 1);
        double halfLife = fields.realOr("recency-half-life", TemplateWriter.NO_HALF_LIFE);
        List<String> transforms = fields.texts("label-transforms");
        List<String> auxiliaryLabels = fields.texts("auxiliary-labels");
        double auxiliaryWeight = fields.real("auxiliary-weight", 0);
        fields.rejectUnknown();
        return fields.make(() -> new DataTemplate(
                negativeRate,
                halfLife,
                transforms.stream().map(LabelTransform::parse).toList(),
                auxiliaryLabels,
                auxiliaryWeight));
    }
}
