package dev.smt.jobs.report;

import java.util.ArrayList;
import java.util.List;

/** All tables of the report's data: of the fleet and its cycles here, of techniques and studies in their own classes. */
final class ReportQueries {
    private ReportQueries() {}

    static List<ReportQuery> all() {
        List<ReportQuery> queries = new ArrayList<>(fleet());
        queries.addAll(cycles());
        queries.addAll(TechniqueQueries.all());
        queries.addAll(StudyQueries.all());
        return queries;
    }

    private static List<ReportQuery> fleet() {
        return List.of(
                new ReportQuery(
                        "models",
                        """
                        SELECT f.model_id, f.ranking_stage, f.flops, f.hardware, f.event, f.surface, f.data_constraint, f.weight,
                               f.template, f.baseline, r.cluster, r.distance, r.is_representative, r.is_holdout, r.pc1, r.pc2
                        FROM fleet_models f
                        LEFT JOIN representatives r ON r.model_id = f.model_id AND r.run_id = (
                            SELECT max_by(run_id, finished_at) FROM runs WHERE command = 'representatives' AND status = 'DONE')
                        ORDER BY f.model_id"""),
                new ReportQuery(
                        "elbow",
                        """
                        SELECT k, wssse, silhouette, is_elbow FROM cluster_elbow
                        WHERE run_id = (SELECT max_by(run_id, finished_at) FROM runs
                                        WHERE command = 'representatives' AND status = 'DONE')
                        ORDER BY k"""),
                new ReportQuery(
                        "importance",
                        """
                        SELECT i.feature, i.feature_type, i.method, i.importance, i.importance_se, i.rank,
                               s.rank AS selected_rank
                        FROM feature_importance i
                        LEFT JOIN feature_selection s ON s.run_id = i.run_id AND s.feature = i.feature
                        WHERE i.model_id = '*' AND i.run_id = (
                            SELECT max_by(run_id, finished_at) FROM runs WHERE command = 'importance' AND status = 'DONE')
                        ORDER BY i.importance DESC, i.feature"""));
    }

    private static List<ReportQuery> cycles() {
        return List.of(
                new ReportQuery(
                        "cycles",
                        """
                        SELECT i.cycle, i.run_id, first(r.finished_at) AS finished_at,
                               first(get_json_object(m.outputs, '$.study')) AS study_id, count(*) AS models,
                               count_if(i.outcome = 'SHIPPED') AS shipped, count_if(i.outcome = 'RESISTED') AS resisted,
                               avg(CASE WHEN i.outcome = 'SHIPPED' THEN i.ne_delta END) AS mean_delta,
                               stddev_samp(CASE WHEN i.outcome = 'SHIPPED' THEN i.ne_delta END) AS delta_deviation,
                               avg(CASE WHEN i.outcome = 'SHIPPED' THEN i.flops_ratio END) AS flops_ratio
                        FROM model_iterations i
                        JOIN runs r ON r.run_id = i.run_id
                        LEFT JOIN runs n ON n.run_id = get_json_object(r.input_versions, '$.integrate')
                        LEFT JOIN runs m ON m.run_id = get_json_object(n.input_versions, '$.mmo')
                        WHERE r.status = 'DONE'
                        GROUP BY i.cycle, i.run_id ORDER BY finished_at DESC, i.cycle DESC"""),
                new ReportQuery(
                        "adopted",
                        """
                        SELECT cycle, technique, count(DISTINCT model_id) AS models, first(template) AS template, max(version) AS version
                        FROM adoption GROUP BY cycle, technique ORDER BY cycle, models DESC, technique"""),
                new ReportQuery(
                        "iterations",
                        """
                        SELECT i.run_id, i.cycle, i.model_id, i.template, i.version, i.ne_base, i.ne, i.ne_delta, i.ne_delta_se,
                               i.unseen_delta, i.unseen_delta_se, i.flops_ratio, i.bytes_ratio, i.outcome, i.reason, i.tuned
                        FROM model_iterations i ORDER BY i.cycle, i.ne_delta DESC, i.model_id"""),
                new ReportQuery(
                        "segments",
                        """
                        WITH lost AS (
                          SELECT *, row_number() OVER (PARTITION BY run_id
                                                       ORDER BY ne_delta / ne_delta_se, model_id, feature, value) AS place
                          FROM segment_metrics WHERE step = 'iterate' AND ne_delta < -2 * ne_delta_se)
                        SELECT run_id, model_id, feature, value, rows, ne_base, ne, ne_delta, ne_delta_se, calibration
                        FROM lost WHERE place <= 200 ORDER BY run_id, place"""),
                new ReportQuery(
                        "versions",
                        """
                        SELECT template, version, parent_version, cause, techniques, published_at
                        FROM template_versions ORDER BY template, version"""),
                new ReportQuery(
                        "back_test_verdicts",
                        """
                        SELECT study_id, template, version, left_out, techniques, models, mu, mu_se, single_gains, needed_mu,
                               regression_rate, passed, verdict, shipped_version
                        FROM back_test_verdicts ORDER BY template, version, left_out"""),
                new ReportQuery(
                        "back_tests",
                        """
                        SELECT template, version, left_out, model_id, ne_delta, ne_delta_se, flops_ratio, passed, reason
                        FROM back_tests ORDER BY template, version, left_out, ne_delta DESC, model_id"""),
                new ReportQuery(
                        "runs",
                        """
                        SELECT run_id, command, status, started_at, finished_at,
                               (unix_millis(finished_at) - unix_millis(started_at)) / 60000D AS minutes, code_version,
                               substring(error, 1, 300) AS error
                        FROM runs ORDER BY started_at DESC, run_id LIMIT 1000"""));
    }
}
