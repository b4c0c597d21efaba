package dev.smt.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.util.List;
import java.util.function.Function;

/**
 * A configuration file with the settings of the command line in it. The sections are read into records by the steps
 * that own them; {@link ConfigSection} sees to it that all problems come together.
 *
 * @param source the file's name, for messages
 * @param resolved the whole configuration
 */
public record SmtConfiguration(String source, Config resolved) {

    /**
     * Reads a file; {@code settings} are {@code key=value} texts that win over it.
     *
     * @throws InvalidInputException when the file is missing, isn't HOCON, or a setting isn't {@code key=value}
     */
    public static SmtConfiguration load(File file, List<String> settings) {
        if (!file.isFile()) {
            throw new InvalidInputException("configuration file \"" + file + "\" does not exist; give one with --conf");
        }
        ConfigProblems problems = new ConfigProblems();
        Config overrides = ConfigFactory.empty();
        for (String setting : settings) {
            overrides = withSetting(overrides, setting, problems);
        }
        problems.throwIfAny();
        try {
            // Absolute: the parser finds no includes beside a file that is named without its folder.
            Config parsed = ConfigFactory.parseFile(
                    file.getAbsoluteFile(), ConfigParseOptions.defaults().setAllowMissing(false));
            return new SmtConfiguration(
                    file.getPath(), overrides.withFallback(parsed).resolve());
        } catch (ConfigException broken) {
            throw new InvalidInputException("configuration is not valid HOCON: " + broken.getMessage());
        }
    }

    private static Config withSetting(Config overrides, String setting, ConfigProblems problems) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            problems.add("--set", setting, "key=value");
            return overrides;
        }
        String key = setting.substring(0, equals).trim();
        try {
            return overrides.withValue(key, value(setting.substring(equals + 1).trim()));
        } catch (ConfigException badKey) {
            problems.add("--set", setting, "key=value with a dotted key");
            return overrides;
        }
    }

    private static ConfigValue value(String text) {
        try {
            return ConfigFactory.parseString("value = " + text).root().get("value");
        } catch (ConfigException plainText) {
            return ConfigValueFactory.fromAnyRef(text);
        }
    }

    /**
     * The same with another value.
     *
     * @param key dotted
     * @param value a text, number, boolean, or a list of them
     */
    public SmtConfiguration with(String key, Object value) {
        return new SmtConfiguration(source, resolved.withValue(key, ConfigValueFactory.fromAnyRef(value)));
    }

    /** The whole configuration as canonical JSON: keys sorted, no comments. */
    public String resolvedJson() {
        return json(resolved);
    }

    /** Some top-level sections as canonical JSON: what a step's key is made of. */
    public String json(List<String> sections) {
        Config part = ConfigFactory.empty();
        for (String section : sections) {
            if (resolved.hasPath(section)) {
                part = part.withValue(section, resolved.getValue(section));
            }
        }
        return json(part);
    }

    private static String json(Config config) {
        return config.root().render(ConfigRenderOptions.concise());
    }

    /** Reads all sections by one function; every problem, unknown keys too, comes in one exception. */
    public <T> T read(Function<ConfigSection, T> reader) {
        ConfigProblems problems = new ConfigProblems();
        ConfigSection root = new ConfigSection("", resolved, problems);
        T value = reader.apply(root);
        root.reportUnknownKeys();
        problems.throwIfAny();
        return value;
    }
}
