package dev.smt.jobs.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads which values a feature's ids stand for, from the file that {@link FittedJson} wrote. */
final class IdValues {
    static final String FIELD = "values-from-id-1";

    private IdValues() {}

    /** The values of ids 1, 2, ... at most {@code count} of them; none where the feature is no id, or its ids are hashes. */
    static List<String> read(InputStream file, String feature, int count) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(new GZIPInputStream(file))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals(feature);
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    continue;
                }
                if (wanted) {
                    return values(json, count);
                }
                json.skipChildren();
            }
        }
        return List.of();
    }

    private static List<String> values(JsonParser json, int count) throws IOException {
        List<String> values = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(FIELD);
            if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
                while (values.size() < count && json.nextToken() == JsonToken.VALUE_STRING) {
                    values.add(json.getText());
                }
                return values;
            }
            json.skipChildren();
        }
        return values;
    }
}
