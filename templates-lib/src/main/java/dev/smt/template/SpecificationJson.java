package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.data.DataTemplate;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.Column;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.feature.Transform;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.NetworkSpecification;
import dev.smt.serving.ServingTemplate;
import dev.smt.training.ModelSpecification;
import dev.smt.training.TrainingTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A resolved model as JSON, and back; docs/formats.md has its keys. */
public final class SpecificationJson {
    private SpecificationJson() {}

    /** The JSON tree; fields that came after format version 1 are there where they don't have their default. */
    public static ObjectNode write(ModelSpecification specification) {
        NetworkSpecification network = specification.network();
        ObjectNode root = TemplateWriter.object();
        root.set("architecture", TemplateWriter.architecture(network.architecture()));
        network.features().forEach(feature -> root.withArray("features").add(feature(feature)));
        root.withArray("transforms");
        network.transforms().forEach(transform -> root.withArray("transforms").add(transform.text()));
        root.put("max-sequence-length", network.maxSequenceLength());
        root.put("pooling", Labels.of(network.pooling()));
        network.events().forEach(event -> root.withArray("events").add(event.toString()));
        root.set("data", TemplateWriter.data(specification.data()));
        root.set("training", TrainingSection.write(specification.training()));
        root.set("serving", ServingSection.write(specification.serving()));
        root.put("hash", specification.hash());
        root.put("serving-hash", specification.servingHash());
        return LaterFields.compact("", root);
    }

    /**
     * Reads what {@link #write} wrote, or wrote in an earlier version.
     *
     * @throws InvalidTemplateException with every missing key, unknown key and wrong value; and when the hash is not that
     *     of what was read, so that nothing can be lost silently
     */
    public static ModelSpecification read(JsonNode json) {
        List<String> problems = new ArrayList<>();
        JsonNode complete = json instanceof ObjectNode object ? LaterFields.complete(object.deepCopy()) : json;
        Optional<ModelSpecification> specification = specification(JsonFields.of(complete, problems), problems);
        if (!problems.isEmpty()) {
            throw new InvalidTemplateException(problems);
        }
        return specification.orElseThrow();
    }

    private static Optional<ModelSpecification> specification(JsonFields fields, List<String> problems) {
        Optional<Architecture> architecture = new TemplateReader(problems).architecture(fields.object("architecture"));
        List<Optional<Feature>> features = fields.objects("features").stream()
                .map(SpecificationJson::feature)
                .toList();
        List<String> transforms = fields.texts("transforms");
        int length = fields.whole("max-sequence-length", 1);
        SequencePooling pooling = fields.label("pooling", SequencePooling.class, SequencePooling.SUM);
        List<String> events = fields.texts("events");
        Optional<DataTemplate> data = TemplateReader.data(fields.object("data"));
        Optional<TrainingTemplate> training = TrainingSection.read(fields.object("training"));
        Optional<ServingTemplate> serving = ServingSection.read(fields.object("serving"));
        String hash = fields.text("hash", "");
        String servingHash = fields.text("serving-hash", "");
        fields.rejectUnknown();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return fields.make(() -> checked(new ModelSpecification(
                new NetworkSpecification(
                        architecture.orElseThrow(),
                        features.stream().map(Optional::orElseThrow).toList(),
                        length,
                        pooling,
                        events.stream().map(OptimizationEvent::parse).toList(),
                        transforms.stream().map(Transform::parse).toList()),
                data.orElseThrow(),
                training.orElseThrow(),
                serving.orElseThrow(),
                hash,
                servingHash)));
    }

    private static ModelSpecification checked(ModelSpecification read) {
        requireHash("hash", read.hash(), SpecificationHash.of(read.network(), read.data(), read.training()));
        requireHash("serving-hash", read.servingHash(), ServingSection.hash(read.serving()));
        return read;
    }

    private static void requireHash(String key, String stored, String actual) {
        if (!stored.equals(actual)) {
            throw new IllegalArgumentException(key + " is " + stored + ", but that of what is there is " + actual
                    + ": it was written by a newer program, or changed");
        }
    }

    /** What the hash is over, and what a number was standardized by. */
    private static ObjectNode feature(Feature feature) {
        ObjectNode node = SpecificationHash.feature(feature);
        if (feature.column() instanceof NumericColumn number) {
            node.set("mean", CanonicalJson.number(number.mean()));
            node.set("deviation", CanonicalJson.number(number.deviation()));
            node.put("log1p", number.log1p());
        }
        return node;
    }

    private static Optional<Column> numeric(JsonFields fields) {
        double mean = fields.real("mean", 0);
        double deviation = fields.real("deviation", 1);
        boolean log1p = fields.flag("log1p", false);
        return fields.make(() -> new NumericColumn(mean, deviation, log1p));
    }

    private static Optional<Feature> feature(JsonFields fields) {
        String name = fields.text("name", "");
        String type = fields.text("type", FeatureType.OTHER.label());
        FeatureSide side = fields.label("side", FeatureSide.class, FeatureSide.CONTEXT);
        String kind = fields.text("column", "numeric");
        Optional<Column> column =
                switch (kind) {
                    case "id" -> {
                        int cardinality = fields.whole("cardinality", 1);
                        yield fields.make(() -> new IdColumn(cardinality));
                    }
                    case "sequence" -> {
                        int cardinality = fields.whole("cardinality", 1);
                        int length = fields.whole("max-length", 1);
                        yield fields.make(() -> new SequenceColumn(cardinality, length));
                    }
                    case "vector" -> {
                        int width = fields.whole("width", 1);
                        yield fields.make(() -> new VectorColumn(width));
                    }
                    case "numeric" -> numeric(fields);
                    default -> fields.make(() -> {
                        throw new IllegalArgumentException(
                                "column is \"" + kind + "\"; allowed: numeric, id, sequence, vector");
                    });
                };
        fields.rejectUnknown();
        return column.flatMap(of -> fields.make(() -> new Feature(name, FeatureType.ofLabel(type), side, of)));
    }
}
