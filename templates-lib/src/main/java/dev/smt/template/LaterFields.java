package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.feature.FeatureTemplate;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Representations;
import dev.smt.nn.embedding.EmbeddingFormat;
import dev.smt.training.HeldOutTemplate;
import dev.smt.training.LossTemplate;
import dev.smt.training.optimizer.OptimizerTemplate;
import dev.smt.training.sharding.ShardingTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fields that came after format version 1, with what a template without them means. The canonical form leaves such a
 * field out where it has that value: a template that uses nothing new is written, and hashed, as it always was.
 */
final class LaterFields {
    private static final Map<String, JsonNode> DEFAULTS = defaults();
    private static final Set<String> FIRST_INTERACTIONS = Set.of("dot", "cross");
    private static final Set<String> FIRST_POOLINGS = Set.of("sum", "mean");

    private LaterFields() {}

    private static Map<String, JsonNode> defaults() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Map<String, JsonNode> defaults = new LinkedHashMap<>();
        defaults.put("architecture.interaction-width", json.numberNode(0));
        defaults.put("architecture.experts", json.numberNode(0));
        RepresentationSection.write(Representations.PLAIN)
                .properties()
                .forEach(type ->
                        putAll(defaults, "architecture.representation." + type.getKey(), (ObjectNode) type.getValue()));
        defaults.put("features.transforms", json.arrayNode());
        defaults.put("features.crossed-ids", json.numberNode(0));
        defaults.put("features.cross-buckets", json.numberNode(FeatureTemplate.DEFAULT_CROSS_BUCKETS));
        defaults.put("data.label-transforms", json.arrayNode());
        defaults.put("data.auxiliary-labels", json.arrayNode());
        defaults.put("data.auxiliary-weight", CanonicalJson.number(0));
        putAll(defaults, "architecture.hidden-layers", TemplateWriter.hiddenLayers(HiddenLayers.DEFAULT));
        putAll(defaults, "training.optimizer", TrainingSection.write(OptimizerTemplate.DEFAULT));
        putAll(defaults, "training.loss", TrainingSection.write(LossTemplate.DEFAULT));
        putAll(defaults, "training.held-out", TrainingSection.write(HeldOutTemplate.DEFAULT));
        putAll(defaults, "training.sharding", TrainingSection.write(ShardingTemplate.DEFAULT));
        defaults.put("serving.embedding-format", json.textNode(Labels.of(EmbeddingFormat.FP32)));
        defaults.put("serving.pruned-share", CanonicalJson.number(0));
        defaults.put("serving.cached-item-tower", json.booleanNode(false));
        return Collections.unmodifiableMap(defaults);
    }

    /** All fields of an object are later ones. */
    private static void putAll(Map<String, JsonNode> defaults, String path, ObjectNode object) {
        object.properties().forEach(field -> defaults.put(path + "." + field.getKey(), field.getValue()));
    }

    /** The lowest format version that can say what a tree without defaults says. */
    static int formatVersion(ObjectNode compact) {
        boolean later = DEFAULTS.keySet().stream()
                .anyMatch(path -> !compact.at(pointer(path)).isMissingNode());
        JsonNode interactions = compact.at("/architecture/interactions");
        later |= interactions.properties().stream().anyMatch(module -> !FIRST_INTERACTIONS.contains(module.getKey()));
        later |= !FIRST_POOLINGS.contains(compact.at("/features/pooling").asText());
        for (JsonNode exposed : compact.path("exposed")) {
            later |= !exposed.isTextual();
        }
        return later ? 2 : 1;
    }

    /** Takes out of a section of the tree, or of all of it where the section is empty, what has its default. */
    static ObjectNode compact(String section, ObjectNode tree) {
        String prefix = section.isEmpty() ? "" : section + ".";
        DEFAULTS.forEach((path, value) -> {
            if (path.startsWith(prefix)) {
                remove(tree, path.substring(prefix.length()), value);
            }
        });
        return tree;
    }

    /** Puts in what is missing, so that every field is there. */
    static ObjectNode complete(ObjectNode tree) {
        DEFAULTS.forEach((path, value) -> put(tree, path, value));
        return tree;
    }

    private static void remove(ObjectNode node, String path, JsonNode value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            if (value.equals(node.get(path))) {
                node.remove(path);
            }
        } else if (node.get(path.substring(0, dot)) instanceof ObjectNode child) {
            remove(child, path.substring(dot + 1), value);
            if (child.isEmpty()) {
                node.remove(path.substring(0, dot));
            }
        }
    }

    private static void put(ObjectNode node, String path, JsonNode value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            if (!node.has(path)) {
                node.set(path, value);
            }
            return;
        }
        String key = path.substring(0, dot);
        if (!node.has(key)) {
            // A section that the first version has is missing for the reader to tell.
            if (Set.of("architecture", "features", "data", "training", "serving")
                    .contains(key)) {
                return;
            }
            node.putObject(key);
        }
        if (node.get(key) instanceof ObjectNode child) {
            put(child, path.substring(dot + 1), value);
        }
    }

    private static String pointer(String path) {
        return "/" + path.replace('.', '/');
    }
}
