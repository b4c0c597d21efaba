package dev.smt.jobs.table;

import java.util.LinkedHashMap;
import java.util.Map;

/** The paper's Tables 3 and 5 of a study of cycles, the template-driven way beside the fragmented one. */
final class StudyViews {
    private StudyViews() {}

    static Map<String, String> all() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put(
                "v_study_performance",
                """
                SELECT study_id, way, cycle, 100D * shipped / models AS model_share_percent, mean_ne AS mean_ne_percent,
                       mean_ne_low, mean_ne_high, max_ne AS max_ne_percent,
                       CASE WHEN shipped > 0 THEN 100D * regressed / shipped END AS regressed_percent
                FROM study_cycles ORDER BY study_id, way DESC, cycle""");
        views.put(
                "v_study_throughput",
                """
                WITH ways AS (
                  SELECT study_id, way, sum(pairs) AS pairs, sum(shipped) AS model_iterations, sum(trainings) AS trainings,
                         sum(edits) AS edits, count(*) AS cycles
                  FROM study_cycles GROUP BY study_id, way)
                SELECT w.study_id, w.way, w.cycles, w.pairs, w.model_iterations / w.cycles AS models_per_cycle,
                       w.pairs / nullif(w.model_iterations, 0) AS techniques_per_model, w.trainings,
                       w.pairs / w.trainings AS pairs_per_training, w.edits,
                       w.edits / nullif(w.pairs, 0) AS edits_per_pair,
                       (w.pairs / w.trainings) / nullif(f.pairs / f.trainings, 0) AS times_the_fragmented_way
                FROM ways w JOIN ways f ON f.study_id = w.study_id AND f.way = 'fragmented'
                ORDER BY w.study_id, w.way DESC""");
        views.put(
                "v_study_models",
                """
                SELECT t.study_id, t.model_id, t.role, t.changed AS changed_by_templates, t.techniques AS techniques_by_templates,
                       t.ne_delta AS delta_by_templates, t.ne_delta_se AS delta_by_templates_se,
                       t.flops_ratio AS flops_ratio_by_templates, f.changed AS changed_alone,
                       f.techniques AS techniques_alone, f.ne_delta AS delta_alone, f.ne_delta_se AS delta_alone_se,
                       f.flops_ratio AS flops_ratio_alone, t.ne_delta - f.ne_delta AS difference
                FROM study_results t JOIN study_results f ON f.study_id = t.study_id AND f.model_id = t.model_id
                WHERE t.way = 'templates' AND f.way = 'fragmented'
                ORDER BY t.study_id, difference DESC, t.model_id""");
        views.put(
                "v_effort",
                """
                WITH ways AS (
                  SELECT way, sum(hours) AS hours, sum(models) AS model_iterations, sum(hours) / sum(models) AS hours_per_model
                  FROM effort WHERE stage <> 'data-preparation' GROUP BY way)
                SELECT w.way, w.hours, w.model_iterations, w.hours_per_model,
                       100 * (1 - w.hours_per_model / f.hours_per_model) AS saved_percent
                FROM ways w LEFT JOIN ways f ON f.way = 'fragmented'
                ORDER BY w.way DESC""");
        return views;
    }
}
