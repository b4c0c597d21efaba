package dev.smt.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.nn.EventRepresentation;
import dev.smt.nn.IdRepresentation;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.Representations;
import dev.smt.nn.VectorRepresentation;
import java.util.Optional;

/** The JSON of {@code architecture.representation}: from each type of features to its module. */
final class RepresentationSection {
    private static final Representations PLAIN = Representations.PLAIN;

    private RepresentationSection() {}

    static ObjectNode write(Representations representations) {
        ObjectNode node = TemplateWriter.object();
        NumericRepresentation numeric = representations.numeric();
        node.putObject("numeric")
                .put("kind", Labels.of(numeric.kind()))
                .put("bins", numeric.bins())
                .put("frequencies", numeric.frequencies())
                .set("frequency-scale", CanonicalJson.number(numeric.frequencyScale()));
        IdRepresentation id = representations.id();
        node.putObject("id")
                .put("kind", Labels.of(id.kind()))
                .put("min-count", id.minCount())
                .set("dimension-temperature", CanonicalJson.number(id.dimensionTemperature()));
        node.putObject("embedding")
                .put("kind", Labels.of(representations.embedding().kind()));
        node.putObject("event").put("attention-width", representations.event().attentionWidth());
        return node;
    }

    static Optional<Representations> read(JsonFields fields) {
        Optional<NumericRepresentation> numeric = numeric(fields.object("numeric"));
        Optional<IdRepresentation> id = id(fields.object("id"));
        Optional<VectorRepresentation> embedding = embedding(fields.object("embedding"));
        Optional<EventRepresentation> event = event(fields.object("event"));
        fields.rejectUnknown();
        return numeric.flatMap(n -> id.flatMap(
                i -> embedding.flatMap(v -> event.flatMap(e -> fields.make(() -> new Representations(n, i, v, e))))));
    }

    private static Optional<NumericRepresentation> numeric(JsonFields fields) {
        NumericRepresentation plain = PLAIN.numeric();
        NumericRepresentation.Kind kind = fields.label("kind", NumericRepresentation.Kind.class, plain.kind());
        int bins = fields.whole("bins", plain.bins());
        int frequencies = fields.whole("frequencies", plain.frequencies());
        double scale = fields.real("frequency-scale", plain.frequencyScale());
        fields.rejectUnknown();
        return fields.make(() -> new NumericRepresentation(kind, bins, frequencies, scale));
    }

    private static Optional<IdRepresentation> id(JsonFields fields) {
        IdRepresentation.Kind kind =
                fields.label("kind", IdRepresentation.Kind.class, PLAIN.id().kind());
        int minCount = fields.whole("min-count", PLAIN.id().minCount());
        double temperature = fields.real("dimension-temperature", PLAIN.id().dimensionTemperature());
        fields.rejectUnknown();
        return fields.make(() -> new IdRepresentation(kind, minCount, temperature));
    }

    private static Optional<VectorRepresentation> embedding(JsonFields fields) {
        VectorRepresentation.Kind kind = fields.label(
                "kind", VectorRepresentation.Kind.class, PLAIN.embedding().kind());
        fields.rejectUnknown();
        return fields.make(() -> new VectorRepresentation(kind));
    }

    private static Optional<EventRepresentation> event(JsonFields fields) {
        int width = fields.whole("attention-width", PLAIN.event().attentionWidth());
        fields.rejectUnknown();
        return fields.make(() -> new EventRepresentation(width));
    }
}
