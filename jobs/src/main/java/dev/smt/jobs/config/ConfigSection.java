package dev.smt.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.DoublePredicate;
import java.util.function.LongPredicate;

/**
 * One object of a HOCON configuration, read key by key into records. A wrong value is noted in the shared
 * {@link ConfigProblems} and replaced by a harmless one, so that reading goes on and all problems are found. A key that
 * nobody read is unknown: call {@link #reportUnknownKeys} on the root when all is read.
 */
public final class ConfigSection {
    private final String path;
    /** The path with {@code []} for any member of a list and {@code <name>} for a name of the user's own. */
    private final String pattern;

    private final Config config;
    private final ConfigProblems problems;
    private final Map<String, KnownKey> known = new LinkedHashMap<>();
    private final List<ConfigSection> children = new ArrayList<>();
    private boolean open;
    private boolean named;

    public ConfigSection(String path, Config config, ConfigProblems problems) {
        this(path, path, config, problems);
    }

    private ConfigSection(String path, String pattern, Config config, ConfigProblems problems) {
        this.path = path;
        this.pattern = pattern;
        this.config = config;
        this.problems = problems;
    }

    public ConfigProblems problems() {
        return problems;
    }

    /** The full key of one of this section's keys, for messages. */
    public String fullKey(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    public boolean has(String key) {
        return config.hasPath(quote(key));
    }

    /** The section's own keys, in the order of the alphabet; a key that is null is not there. */
    public List<String> keys() {
        return config.root().keySet().stream().filter(this::has).sorted().toList();
    }

    public String string(String key) {
        return required(key, Config::getString, "a text", "");
    }

    public String string(String key, String fallback) {
        return optional(key, Config::getString, "a text", fallback);
    }

    public Optional<String> optionalString(String key) {
        note(key, "a text", Optional.of("none"));
        return has(key) ? Optional.of(string(key)) : Optional.empty();
    }

    /** A text out of a fixed set. */
    public String choice(String key, List<String> allowed, String fallback) {
        String value = optional(key, Config::getString, String.join(", ", allowed), fallback);
        if (!allowed.contains(value)) {
            problems.add(fullKey(key), value, String.join(", ", allowed));
            return fallback;
        }
        return value;
    }

    public boolean flag(String key, boolean fallback) {
        return optional(key, Config::getBoolean, "true or false", fallback);
    }

    /** A whole number that must satisfy a rule; {@code allowed} says the rule in words. */
    public long whole(String key, long fallback, LongPredicate rule, String allowed) {
        long value = optional(key, Config::getLong, allowed, fallback);
        if (!rule.test(value)) {
            problems.add(fullKey(key), value, allowed);
            return fallback;
        }
        return value;
    }

    /** {@link #whole} within the range of an int. */
    public int integer(String key, int fallback, LongPredicate rule, String allowed) {
        return (int)
                whole(key, fallback, value -> value == (int) value && rule.test(value), "a whole number, " + allowed);
    }

    /** A number that must satisfy a rule; {@code allowed} says the rule in words. */
    public double real(String key, double fallback, DoublePredicate rule, String allowed) {
        double value = optional(key, Config::getDouble, "a number, " + allowed, fallback);
        if (!rule.test(value)) {
            problems.add(fullKey(key), value, "a number, " + allowed);
            return fallback;
        }
        return value;
    }

    public List<String> strings(String key) {
        return required(key, Config::getStringList, "a list of texts", List.of());
    }

    public List<String> strings(String key, List<String> fallback) {
        return optional(key, Config::getStringList, "a list of texts", fallback);
    }

    /** A nested object; an empty one where it is missing. */
    public ConfigSection section(String key) {
        Config nested = optional(key, Config::getConfig, "an object {...}", com.typesafe.config.ConfigFactory.empty());
        return child(fullKey(key), patternOf(key), nested);
    }

    /** A list of objects; empty where it is missing. */
    public List<ConfigSection> sections(String key) {
        List<? extends Config> list = optional(key, Config::getConfigList, "a list of objects [{...}]", List.of());
        List<ConfigSection> sections = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            sections.add(child(fullKey(key) + "[" + i + "]", patternOf(key) + "[]", list.get(i)));
        }
        return sections;
    }

    /** An object whose keys are names of the user's own: name to section, in the order of the file. */
    public Map<String, ConfigSection> namedSections(String key) {
        ConfigSection parent = namedSection(key);
        Map<String, ConfigSection> sections = new LinkedHashMap<>();
        parent.namesInFileOrder().forEach(name -> sections.put(name, parent.section(name)));
        return sections;
    }

    /** An object of texts whose keys are names of the user's own: name to text, in the order of the file. */
    public Map<String, String> namedStrings(String key) {
        ConfigSection parent = namedSection(key);
        Map<String, String> texts = new LinkedHashMap<>();
        parent.namesInFileOrder().forEach(name -> texts.put(name, parent.string(name)));
        return texts;
    }

    /** All texts of an object and of those in it, by dotted key: {@code a.b = x} is {@code a.b} to {@code x}. */
    public Map<String, String> flatStrings(String key) {
        ConfigSection flat = section(key).acceptAll();
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> entry : flat.config.entrySet()) {
            String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            if (entry.getValue().valueType() == ConfigValueType.LIST) {
                problems.add(flat.fullKey(name), entry.getValue().unwrapped(), "a text");
            } else {
                texts.put(name, entry.getValue().unwrapped().toString());
            }
        }
        return texts;
    }

    /** Marks every key of this section as known: its user reads them in his own way. */
    public ConfigSection acceptAll() {
        open = true;
        return this;
    }

    /** Notes every key, here and below, that nobody has asked for. */
    public void reportUnknownKeys() {
        if (!open) {
            for (String key : keys()) {
                if (!known.containsKey(key)) {
                    problems.add("unknown key " + fullKey(key) + "; known here: "
                            + String.join(", ", known.keySet().stream().sorted().toList()));
                }
            }
        }
        children.forEach(ConfigSection::reportUnknownKeys);
    }

    /** Every key, here and below, that somebody has asked for, in that order. */
    public List<KnownKey> knownKeys() {
        List<KnownKey> keys = new ArrayList<>(known.values());
        children.forEach(child -> keys.addAll(child.knownKeys()));
        return keys;
    }

    private ConfigSection namedSection(String key) {
        ConfigSection section = section(key);
        section.named = true;
        return section;
    }

    private String patternOf(String key) {
        String last = named ? "<name>" : key;
        return pattern.isEmpty() ? last : pattern + "." + last;
    }

    private ConfigSection child(String childPath, String childPattern, Config nested) {
        ConfigSection section = new ConfigSection(childPath, childPattern, nested, problems);
        children.add(section);
        return section;
    }

    private List<String> namesInFileOrder() {
        ConfigObject object = config.root();
        return object.entrySet().stream()
                .filter(entry -> has(entry.getKey()))
                .sorted(java.util.Comparator.comparingInt((Map.Entry<String, com.typesafe.config.ConfigValue> entry) ->
                                entry.getValue().origin().lineNumber())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void note(String key, String allowed, Optional<Object> fallback) {
        known.putIfAbsent(key, new KnownKey(patternOf(key), allowed, fallback));
    }

    private <T> T required(String key, BiFunction<Config, String, T> reader, String allowed, T harmless) {
        note(key, allowed, Optional.empty());
        if (!has(key)) {
            problems.add(fullKey(key) + " is missing; expected: " + allowed);
            return harmless;
        }
        return optional(key, reader, allowed, harmless);
    }

    private <T> T optional(String key, BiFunction<Config, String, T> reader, String allowed, T fallback) {
        note(key, allowed, Optional.of(fallback));
        if (!has(key)) {
            return fallback;
        }
        try {
            return reader.apply(config, quote(key));
        } catch (ConfigException wrongType) {
            Object value = config.getValue(quote(key)).valueType() == ConfigValueType.OBJECT
                    ? "an object"
                    : config.getValue(quote(key)).unwrapped();
            problems.add(fullKey(key), value, allowed);
            return fallback;
        }
    }

    private static String quote(String key) {
        return ConfigUtil.joinPath(key);
    }
}
