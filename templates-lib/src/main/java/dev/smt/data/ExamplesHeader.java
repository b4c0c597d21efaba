package dev.smt.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.Column;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a file of encoded examples: which columns follow, and how long each is.
 *
 * @param groupRows rows of a row group, the last one may have fewer; 0 in files of versions 1 and 2, which have none
 * @param sequenceValues number of ids of each sequence feature, over all rows
 */
record ExamplesHeader(
        int rows, int groupRows, List<Feature> features, Map<String, Integer> sequenceValues, List<String> labels) {
    private static final JsonMapper JSON = new JsonMapper();

    static ExamplesHeader of(EncodedExamples examples) {
        Map<String, Integer> sequenceValues = new LinkedHashMap<>();
        for (Feature feature : examples.features()) {
            if (feature.column() instanceof SequenceColumn) {
                sequenceValues.put(
                        feature.name(), examples.sequences(feature.name()).values().length);
            }
        }
        return new ExamplesHeader(
                examples.rows(),
                RowGroupSize.of(examples.features()),
                examples.features(),
                sequenceValues,
                examples.labels());
    }

    byte[] toJson() throws IOException {
        ObjectNode header = JSON.createObjectNode();
        header.put("rows", rows).put("group-rows", groupRows);
        for (Feature feature : features) {
            ObjectNode node = header.withArray("features").addObject();
            node.put("name", feature.name());
            node.put("type", feature.type().name());
            node.put("side", feature.side().name());
            if (feature.column() instanceof IdColumn column) {
                node.put("column", "id").put("cardinality", column.cardinality());
            } else if (feature.column() instanceof SequenceColumn column) {
                node.put("column", "sequence").put("cardinality", column.cardinality());
                node.put("max-length", column.maxLength()).put("values", sequenceValues.get(feature.name()));
            } else if (feature.column() instanceof VectorColumn column) {
                node.put("column", "vector").put("width", column.width());
            } else {
                numeric((NumericColumn) feature.column(), node.put("column", "numeric"));
            }
        }
        labels.forEach(header.withArray("labels")::add);
        return JSON.writeValueAsBytes(header);
    }

    /** What a number was made of, where it says so. */
    private static void numeric(NumericColumn column, ObjectNode node) {
        if (!column.equals(new NumericColumn())) {
            node.put("mean", column.mean()).put("deviation", column.deviation()).put("log1p", column.log1p());
        }
    }

    /** Rows of the group that begins at a row. */
    int groupRows(int from) {
        return Math.min(groupRows, rows - from);
    }

    static ExamplesHeader parse(byte[] json) throws IOException {
        try {
            JsonNode header = JSON.readTree(json);
            List<Feature> features = new ArrayList<>();
            Map<String, Integer> sequenceValues = new LinkedHashMap<>();
            for (JsonNode node : header.path("features")) {
                Feature feature = new Feature(
                        node.required("name").textValue(),
                        FeatureType.valueOf(node.required("type").textValue()),
                        FeatureSide.valueOf(node.required("side").textValue()),
                        column(node));
                features.add(feature);
                if (feature.column() instanceof SequenceColumn) {
                    sequenceValues.put(feature.name(), count(node, "values"));
                }
            }
            List<String> labels = new ArrayList<>();
            header.path("labels").forEach(label -> labels.add(label.textValue()));
            int groupRows = header.has("group-rows") ? count(header, "group-rows") : 0;
            return new ExamplesHeader(count(header, "rows"), groupRows, features, sequenceValues, labels);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ExamplesFormatException("the header is not what this format has: " + e.getMessage(), e);
        }
    }

    private static Column column(JsonNode node) {
        String kind = node.required("column").textValue();
        return switch (kind) {
            case "numeric" -> new NumericColumn(
                    node.path("mean").asDouble(0),
                    node.path("deviation").asDouble(1),
                    node.path("log1p").asBoolean(false));
            case "id" -> new IdColumn(count(node, "cardinality"));
            case "sequence" -> new SequenceColumn(count(node, "cardinality"), count(node, "max-length"));
            case "vector" -> new VectorColumn(count(node, "width"));
            default -> throw new IllegalArgumentException(
                    "column kind is " + kind + "; allowed: numeric, id, sequence, vector");
        };
    }

    private static int count(JsonNode node, String key) {
        JsonNode value = node.required(key);
        if (!value.canConvertToInt() || value.intValue() < 0) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed: a whole number of at least 0");
        }
        return value.intValue();
    }
}
