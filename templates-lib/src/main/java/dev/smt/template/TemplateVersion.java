package dev.smt.template;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A published template, which never changes (paper, Fig. 6).
 *
 * @param template the template's name
 * @param version 1 or more
 * @param parent the version it was made from; empty for a first one
 * @param content the template
 * @param hash of the content when it was published ({@link TemplateJson#hash})
 * @param techniques what this version adds to its parent, in the order of application
 * @param publishedAt ISO instant, such as {@code 2026-01-31T12:00:00Z}
 * @param cause why it was published, such as a study's id
 */
public record TemplateVersion(
        String template,
        int version,
        Optional<Integer> parent,
        Template content,
        String hash,
        List<AppliedTechnique> techniques,
        String publishedAt,
        String cause) {
    public TemplateVersion {
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(cause, "cause");
        techniques = List.copyOf(techniques);
        TemplateReference reference = new TemplateReference(template, version);
        List<String> problems = new ArrayList<>();
        if (!content.name().equals(template)) {
            problems.add("its content is of template " + content.name());
        }
        if (parent.isPresent() && (parent.get() < 1 || parent.get() >= version)) {
            problems.add("its parent is version " + parent.get() + "; allowed: 1 or more, below its own");
        }
        if (!hash.matches("[0-9a-f]{64}")) {
            problems.add("its hash is \"" + hash + "\"; allowed: 64 hexadecimal digits");
        }
        if (!isInstant(publishedAt)) {
            problems.add("it is published at \"" + publishedAt + "\"; allowed: an instant, 2026-01-31T12:00:00Z");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("template version " + reference + ": " + String.join("; ", problems));
        }
    }

    /** Version 1 of a template. */
    public static TemplateVersion first(Template content, String publishedAt, String cause) {
        return new TemplateVersion(
                content.name(),
                1,
                Optional.empty(),
                content,
                TemplateJson.hash(content),
                List.of(),
                publishedAt,
                cause);
    }

    /** The version after this one, with this one as its parent. */
    public TemplateVersion next(
            Template newContent, List<AppliedTechnique> added, String newPublishedAt, String newCause) {
        return new TemplateVersion(
                template,
                version + 1,
                Optional.of(version),
                newContent,
                TemplateJson.hash(newContent),
                added,
                newPublishedAt,
                newCause);
    }

    /** Its name in tables and configurations. */
    public TemplateReference reference() {
        return new TemplateReference(template, version);
    }

    private static boolean isInstant(String text) {
        try {
            return Instant.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
