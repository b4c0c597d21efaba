package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.data.DataTemplate;
import dev.smt.data.LabelTransform;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.Transform;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import java.util.List;

/** The JSON tree of a template and of its sections; keys in the order of the format's page (docs/formats.md). */
final class TemplateWriter {
    /** The newest format version. */
    static final int FORMAT_VERSION = 2;

    /** An infinite half-life: JSON has no infinity. */
    static final String NO_HALF_LIFE = "none";

    private TemplateWriter() {}

    /** The canonical tree: fields added after format version 1 are there where they don't have their default. */
    static ObjectNode compact(Template template) {
        ObjectNode root = LaterFields.compact("", tree(template));
        return root.put("format-version", LaterFields.formatVersion(root));
    }

    /** The tree with every field. */
    static ObjectNode tree(Template template) {
        ObjectNode root = object();
        root.put("format-version", FORMAT_VERSION);
        root.put("name", template.name());
        root.set("architecture", architecture(template.architecture()));
        root.set("features", features(template.features()));
        root.set("data", data(template.data()));
        root.set("training", TrainingSection.write(template.training()));
        root.set("serving", ServingSection.write(template.serving()));
        root.set("exposed", ExposedSection.write(template.exposed()));
        root.set("techniques", texts(template.techniques()));
        return root;
    }

    static ObjectNode architecture(Architecture architecture) {
        ObjectNode node = object();
        node.put("paradigm", Labels.of(architecture.paradigm()));
        node.put("embedding-dimension", architecture.embeddingDimension());
        node.put("embedding-buckets", architecture.embeddingBuckets());
        node.set("numeric-tower", wholes(architecture.numericTower()));
        node.set("interactions", InteractionJson.write(architecture.interactions()));
        node.put("interaction-width", architecture.interactionWidth());
        node.set("head", wholes(architecture.head()));
        node.put("experts", architecture.experts());
        node.set("hidden-layers", hiddenLayers(architecture.hiddenLayers()));
        node.set("representation", RepresentationSection.write(architecture.representations()));
        return node;
    }

    static ObjectNode hiddenLayers(HiddenLayers layers) {
        ObjectNode node = object();
        node.put("activation", Labels.of(layers.activation()));
        node.put("normalization", Labels.of(layers.normalization()));
        node.set("dropout", CanonicalJson.number(layers.dropout()));
        return node;
    }

    private static ObjectNode features(FeatureTemplate features) {
        ObjectNode node = object();
        ObjectNode topK = node.putObject("top-k");
        features.topK().forEach((type, k) -> topK.put(type.label(), k));
        node.put("selection", features.selection());
        node.put("max-sequence-length", features.maxSequenceLength());
        node.put("pooling", Labels.of(features.pooling()));
        node.set(
                "transforms",
                texts(features.transforms().stream().map(Transform::text).toList()));
        node.put("crossed-ids", features.crossedIds());
        node.put("cross-buckets", features.crossBuckets());
        return node;
    }

    static ObjectNode data(DataTemplate data) {
        ObjectNode node = object();
        node.set("negative-rate", CanonicalJson.number(data.negativeRate()));
        JsonNode halfLife = Double.isInfinite(data.recencyHalfLife())
                ? JsonNodeFactory.instance.textNode(NO_HALF_LIFE)
                : CanonicalJson.number(data.recencyHalfLife());
        node.set("recency-half-life", halfLife);
        node.set(
                "label-transforms",
                texts(data.labelTransforms().stream().map(LabelTransform::text).toList()));
        node.set("auxiliary-labels", texts(data.auxiliaryLabels()));
        node.set("auxiliary-weight", CanonicalJson.number(data.auxiliaryWeight()));
        return node;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode wholes(List<Integer> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static ArrayNode texts(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
