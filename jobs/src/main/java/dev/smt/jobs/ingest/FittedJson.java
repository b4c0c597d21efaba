package dev.smt.jobs.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What the training rows taught, as zipped JSON: with it new rows are encoded in the same way. */
final class FittedJson {
    private static final String FORMAT_VERSION = "format-version";

    private FittedJson() {}

    /** Writes and closes. */
    static void write(Map<String, Fitted> fitted, OutputStream out) throws IOException {
        try (GZIPOutputStream zipped = new GZIPOutputStream(out);
                JsonGenerator json = new JsonFactory().createGenerator(zipped)) {
            json.writeStartObject();
            json.writeNumberField(FORMAT_VERSION, ManifestJson.FORMAT_VERSION);
            for (Map.Entry<String, Fitted> feature : fitted.entrySet()) {
                json.writeObjectFieldStart(feature.getKey());
                write(feature.getValue(), json);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    static Map<String, Fitted> read(InputStream in) throws IOException {
        Map<String, Fitted> fitted = new LinkedHashMap<>();
        JsonNode root = new JsonMapper().readTree(new GZIPInputStream(in));
        root.properties().forEach(feature -> {
            if (!feature.getKey().equals(FORMAT_VERSION)) {
                fitted.put(feature.getKey(), read(feature.getValue()));
            }
        });
        return fitted;
    }

    private static void write(Fitted fitted, JsonGenerator json) throws IOException {
        if (fitted instanceof Fitted.Standardization number) {
            json.writeStringField("transform", number.log1p() ? "log1p" : "none");
            json.writeNumberField("mean", number.mean());
            json.writeNumberField("standard-deviation", number.standardDeviation());
        } else if (fitted instanceof Fitted.Values values) {
            json.writeArrayFieldStart(IdValues.FIELD);
            for (String value : values.byId()) {
                json.writeString(value);
            }
            json.writeEndArray();
        } else if (fitted instanceof Fitted.Buckets hashed) {
            json.writeNumberField("xxhash64-buckets", hashed.buckets());
        } else if (fitted instanceof Fitted.Given given) {
            json.writeNumberField("vector-width", given.width());
        }
    }

    private static Fitted read(JsonNode node) {
        if (node.has(IdValues.FIELD)) {
            List<String> values = new ArrayList<>();
            node.get(IdValues.FIELD).forEach(value -> values.add(value.textValue()));
            return new Fitted.Values(values);
        }
        if (node.has("xxhash64-buckets")) {
            return new Fitted.Buckets(node.get("xxhash64-buckets").intValue());
        }
        if (node.has("vector-width")) {
            return new Fitted.Given(node.get("vector-width").intValue());
        }
        return new Fitted.Standardization(
                node.path("transform").asText().equals("log1p"),
                node.path("mean").doubleValue(),
                node.path("standard-deviation").doubleValue());
    }
}
