package dev.smt.template;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a template version: {@code sparse-nn-medium@3}.
 *
 * @param template the template's name, kebab-case
 * @param version 1 or more
 */
public record TemplateReference(String template, int version) implements Serializable {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern REFERENCE = Pattern.compile("([^@]*)@([0-9]{1,9})");

    public TemplateReference {
        requireName(template);
        if (version < 1) {
            throw new IllegalArgumentException(
                    "version of template " + template + " is " + version + "; allowed: 1 or more");
        }
    }

    /**
     * Reads the form {@code name@version}.
     *
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static TemplateReference parse(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "template version is \"" + text + "\"; allowed: name@version, such as sparse-nn-medium@1");
        }
        return new TemplateReference(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /** Gives the name back, or throws where it is no template's name. */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("template name is \"" + name
                    + "\"; allowed: lower-case words joined by -, such as sparse-nn-medium");
        }
        return name;
    }

    @Override
    public String toString() {
        return template + "@" + version;
    }
}
