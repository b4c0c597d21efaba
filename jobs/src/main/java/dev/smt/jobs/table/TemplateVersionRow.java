package dev.smt.jobs.table;

import java.time.Instant;
import java.util.OptionalInt;

/** A published template version, never changed: table {@code template_versions}. */
public record TemplateVersionRow(
        @Column("the run that wrote the row") String runId,
        @Column("the template") String template,
        @Column("its version, from 1") int version,
        @Column("the version it was made from") OptionalInt parentVersion,
        @Column("the template, JSON") String spec,
        @Column("SHA-256 of the canonical JSON") String specHash,
        @Column("techniques in it with their theta, JSON") String techniques,
        @Column("when it was published") Instant publishedAt,
        @Column("why: built-in, feature-selection, integration, back-test or rollback-to-vN") String cause) {
    public static final Table<TemplateVersionRow> TABLE =
            Table.of("template_versions", TemplateVersionRow.class, "template", "version");
}
