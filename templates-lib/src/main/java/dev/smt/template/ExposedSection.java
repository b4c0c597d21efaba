package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.template.ExposedField.Allowed;
import java.util.List;
import java.util.Optional;

/** The JSON array of a template's exposed fields: a text for an open field, an object for one with bounds or levels. */
final class ExposedSection {
    private ExposedSection() {}

    static ArrayNode write(List<ExposedField> fields) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        fields.forEach(field -> array.add(write(field)));
        return array;
    }

    private static JsonNode write(ExposedField field) {
        if (field.allowed() instanceof Allowed.Any) {
            return JsonNodeFactory.instance.textNode(field.path());
        }
        ObjectNode node = TemplateWriter.object();
        node.put("path", field.path());
        if (field.allowed() instanceof Allowed.Between range) {
            node.set("low", CanonicalJson.number(range.low()));
            node.set("high", CanonicalJson.number(range.high()));
            flag(node, "log", range.log());
            flag(node, "whole", range.whole());
        } else if (field.allowed() instanceof Allowed.OneOf some) {
            ArrayNode levels = node.putArray("levels");
            some.levels().forEach(level -> levels.add(TemplateFields.json(level)));
        }
        return node;
    }

    /** A flag is there where it is set. */
    private static void flag(ObjectNode node, String key, boolean set) {
        if (set) {
            node.put(key, true);
        }
    }

    static List<ExposedField> read(JsonFields root) {
        return root.textsOrObjects("exposed", ExposedField::open, ExposedSection::readBounded);
    }

    private static Optional<ExposedField> readBounded(JsonFields fields) {
        String path = fields.text("path", "unreadable");
        Optional<Allowed> allowed;
        if (fields.has("levels")) {
            List<Object> levels = fields.scalars("levels");
            allowed = fields.make(() -> new Allowed.OneOf(levels));
        } else {
            double low = fields.real("low", 1);
            double high = fields.real("high", Math.max(1, low));
            boolean log = fields.optionalFlag("log");
            boolean whole = fields.optionalFlag("whole");
            allowed = fields.make(() -> new Allowed.Between(low, high, log, whole));
        }
        fields.rejectUnknown();
        return allowed.map(values -> new ExposedField(path, values));
    }
}
