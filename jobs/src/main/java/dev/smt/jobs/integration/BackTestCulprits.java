package dev.smt.jobs.integration;

import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.BackTestVerdictRow;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;

/** What earlier back-tests of a study left out, so that the study's next integration does not put it back. */
final class BackTestCulprits {
    private final PublishedTemplates templates;
    private final List<BackTestVerdictRow> tests;
    private final List<BackTestVerdictRow> shipped;

    /**
     * Reads the verdicts of finished back-tests.
     *
     * @param studyId verdicts of other studies, on other models or bases, say nothing here
     */
    BackTestCulprits(Warehouse warehouse, PublishedTemplates templates, String studyId) {
        this.templates = templates;
        Map<String, Instant> finished =
                warehouse.rows(RunRow.TABLE, functions.col("status").equalTo(RunRow.DONE)).stream()
                        .collect(Collectors.toMap(RunRow::runId, RunRow::finishedAt));
        List<BackTestVerdictRow> verdicts =
                warehouse
                        .rows(
                                BackTestVerdictRow.TABLE,
                                functions.col("study_id").equalTo(studyId))
                        .stream()
                        .filter(row -> finished.containsKey(row.runId()))
                        .sorted(Comparator.comparing((BackTestVerdictRow row) -> finished.get(row.runId()))
                                .reversed())
                        .toList();
        this.tests = verdicts.stream().filter(row -> row.leftOut().isEmpty()).toList();
        this.shipped = verdicts.stream()
                .filter(row -> row.shippedVersion().isPresent())
                .toList();
    }

    /**
     * Why a technique must stay out of a template: the latest back-test of a version that had it, at the same theta,
     * shipped the version without it.
     */
    Optional<String> why(String template, TechniqueDecisionRow decision) {
        return tests.stream()
                .filter(test -> test.template().equals(template) && had(test, decision))
                .findFirst()
                .flatMap(test -> shipped.stream()
                        .filter(row -> row.runId().equals(test.runId())
                                && row.template().equals(template)
                                && row.version() == test.version())
                        .findFirst())
                .filter(row -> leftOut(row).contains(decision.technique()))
                .map(row -> "the back-test of version " + row.version() + " (run " + row.runId()
                        + ") passed only without " + row.leftOut().orElseThrow());
    }

    private boolean had(BackTestVerdictRow test, TechniqueDecisionRow decision) {
        TemplateVersionRow version = templates.version(test.template(), test.version());
        return decision.thetaStar()
                .equals(Optional.ofNullable(RunJson.texts(version.techniques()).get(decision.technique())));
    }

    private static List<String> leftOut(BackTestVerdictRow row) {
        return row.leftOut()
                .map(names -> Arrays.asList(names.split(BackTestVerdictRow.SEPARATOR)))
                .orElse(List.of());
    }
}
