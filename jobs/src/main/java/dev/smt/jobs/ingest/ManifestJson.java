package dev.smt.jobs.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.Column;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import dev.smt.jobs.ingest.PipelineManifest.TrainingRows;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON form of a {@link PipelineManifest}. */
final class ManifestJson {
    static final int FORMAT_VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestJson() {}

    static String write(PipelineManifest manifest) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format-version", FORMAT_VERSION);
        root.put("pipeline", manifest.pipeline());
        root.put("data-version", manifest.dataVersion());
        var features = root.putArray("features");
        manifest.features().forEach(feature -> {
            ObjectNode node = features.addObject();
            writeFeature(feature, node);
            node.put("missing-share", manifest.missingShares().getOrDefault(feature.name(), 0.0));
        });
        manifest.labels().forEach(root.putArray("labels")::add);
        ObjectNode splits = root.putObject("splits");
        manifest.splits().forEach((split, summary) -> writeSplit(summary, splits.putObject(split.label())));
        manifest.training().ifPresent(training -> root.putObject("training")
                .put("until", training.until())
                .put("content", training.content())
                .put("settings", training.settings()));
        return root.toPrettyString() + "\n";
    }

    /** @throws IllegalArgumentException when the text is not a manifest, or of a newer format */
    static PipelineManifest read(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            int version = root.path("format-version").asInt();
            if (version < 1 || version > FORMAT_VERSION) {
                throw new IllegalArgumentException(
                        "format-version is " + version + "; this program reads 1 to " + FORMAT_VERSION);
            }
            List<Feature> features = new ArrayList<>();
            Map<String, Double> missing = new LinkedHashMap<>();
            for (JsonNode node : root.required("features")) {
                Feature feature = readFeature(node);
                features.add(feature);
                missing.put(feature.name(), node.required("missing-share").asDouble());
            }
            List<String> labels = new ArrayList<>();
            root.required("labels").forEach(label -> labels.add(label.asText()));
            Map<Split, SplitSummary> splits = new EnumMap<>(Split.class);
            for (Split split : Split.values()) {
                splits.put(split, readSplit(root.required("splits").required(split.label())));
            }
            return new PipelineManifest(
                    root.required("pipeline").asText(),
                    root.required("data-version").asText(),
                    features,
                    labels,
                    splits,
                    missing,
                    root.has("training") ? Optional.of(readTraining(root.get("training"))) : Optional.empty());
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException("not JSON: " + wrong.getOriginalMessage(), wrong);
        }
    }

    private static TrainingRows readTraining(JsonNode node) {
        return new TrainingRows(
                node.required("until").asLong(),
                node.required("content").asText(),
                node.required("settings").asText());
    }

    private static void writeFeature(Feature feature, ObjectNode node) {
        node.put("name", feature.name());
        node.put("type", feature.type().name().toLowerCase(Locale.ROOT));
        node.put("side", feature.side().name().toLowerCase(Locale.ROOT));
        if (feature.column() instanceof IdColumn id) {
            node.put("column", "id").put("cardinality", id.cardinality());
        } else if (feature.column() instanceof SequenceColumn sequence) {
            node.put("column", "sequence")
                    .put("cardinality", sequence.cardinality())
                    .put("max-length", sequence.maxLength());
        } else if (feature.column() instanceof VectorColumn vector) {
            node.put("column", "vector").put("width", vector.width());
        } else {
            NumericColumn numeric = (NumericColumn) feature.column();
            node.put("column", "numeric")
                    .put("mean", numeric.mean())
                    .put("deviation", numeric.deviation())
                    .put("log1p", numeric.log1p());
        }
    }

    private static Feature readFeature(JsonNode node) {
        String kind = node.required("column").asText();
        Column column =
                switch (kind) {
                    case "numeric" -> new NumericColumn(
                            node.path("mean").asDouble(0),
                            node.path("deviation").asDouble(1),
                            node.path("log1p").asBoolean(false));
                    case "vector" -> new VectorColumn(node.required("width").asInt());
                    case "id" -> new IdColumn(node.required("cardinality").asInt());
                    case "sequence" -> new SequenceColumn(
                            node.required("cardinality").asInt(),
                            node.required("max-length").asInt());
                    default -> throw new IllegalArgumentException(
                            "column is \"" + kind + "\"; allowed: numeric, id, sequence, vector");
                };
        return new Feature(
                node.required("name").asText(),
                FeatureType.valueOf(node.required("type").asText().toUpperCase(Locale.ROOT)),
                FeatureSide.valueOf(node.required("side").asText().toUpperCase(Locale.ROOT)),
                column);
    }

    private static void writeSplit(SplitSummary summary, ObjectNode node) {
        node.put("rows", summary.rows());
        ObjectNode positives = node.putObject("positives");
        summary.positives().forEach(positives::put);
        node.put("first-time", summary.firstTime());
        node.put("last-time", summary.lastTime());
        node.put("checksum", summary.checksum());
        node.put("bytes", summary.bytes());
    }

    private static SplitSummary readSplit(JsonNode node) {
        Map<String, Long> positives = new LinkedHashMap<>();
        node.required("positives")
                .properties()
                .forEach(entry -> positives.put(entry.getKey(), entry.getValue().asLong()));
        return new SplitSummary(
                node.required("rows").asLong(),
                positives,
                node.required("first-time").asLong(),
                node.required("last-time").asLong(),
                node.required("checksum").asText(),
                node.required("bytes").asLong());
    }
}
