package dev.smt.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** Small maps of texts as JSON, as the {@code runs} table holds them. */
public final class RunJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RunJson() {}

    public static String write(Map<String, String> texts) {
        try {
            return MAPPER.writeValueAsString(new TreeMap<>(texts));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static Map<String, String> texts(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("not an object of texts: " + json, broken);
        }
    }
}
