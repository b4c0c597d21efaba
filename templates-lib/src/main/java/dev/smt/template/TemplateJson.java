package dev.smt.template;

/**
 * A template's JSON form, format versions 1 and 2; docs/formats.md has its fields. {@link #write} gives the canonical text,
 * and the hash is SHA-256 over exactly that text, so that any SQL engine can check a stored one.
 */
public final class TemplateJson {
    private TemplateJson() {}

    /** The canonical text: one line, keys in the format's order, one spelling per number. */
    public static String write(Template template) {
        return CanonicalJson.text(TemplateWriter.compact(template));
    }

    /** The same, indented for people; ends with a line break. */
    public static String writeIndented(Template template) {
        return CanonicalJson.indented(TemplateWriter.compact(template));
    }

    /**
     * Reads a template, in canonical form or not.
     *
     * @throws InvalidTemplateException with every missing key, unknown key and wrong value
     */
    public static Template read(String json) {
        return TemplateReader.read(CanonicalJson.parse(json));
    }

    /** SHA-256 of the canonical text in UTF-8, 64 hexadecimal digits. */
    public static String hash(Template template) {
        return CanonicalJson.sha256(write(template));
    }
}
