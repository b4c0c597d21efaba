package dev.smt.jobs.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The analysts' views over the result tables. */
public final class Views {
    private Views() {}

    /** Name to defining query. */
    public static Map<String, String> all() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put(
                "v_cycle_performance",
                """
                SELECT i.cycle,
                       100.0 * count(DISTINCT CASE WHEN i.outcome = 'SHIPPED' THEN i.model_id END)
                           / max(f.models) AS model_share_percent,
                       sum(CASE WHEN i.outcome = 'SHIPPED' THEN i.ne_delta END)
                           / count(CASE WHEN i.outcome = 'SHIPPED' THEN 1 END) AS mean_ne_percent,
                       max(CASE WHEN i.outcome = 'SHIPPED' THEN i.ne_delta END) AS max_ne_percent
                FROM model_iterations i CROSS JOIN (SELECT count(*) AS models FROM fleet_models) f
                GROUP BY i.cycle ORDER BY i.cycle""");
        views.put(
                "v_delta_matrix",
                """
                SELECT m.study_id, m.technique, m.model_id, m.trial, m.ne_delta, m.ne_delta_se, m.status
                FROM trial_models m JOIN technique_decisions d
                  ON m.study_id = d.study_id AND m.technique = d.technique
                JOIN trials t ON t.study_id = m.study_id AND t.technique = m.technique AND t.trial = m.trial
                WHERE t.theta = d.theta_star AND m.replicate = 0 AND m.status <> 'SKIPPED'""");
        views.put(
                "v_leaderboard",
                """
                SELECT d.study_id, d.technique, d.accepted, d.reason, d.mu_star, d.regression_rate, d.holdout_mu,
                       d.holdout_regression_rate, d.flops_ratio, t.bytes_ratio
                FROM technique_decisions d
                LEFT JOIN (SELECT study_id, technique, theta, max(bytes_ratio) AS bytes_ratio
                           FROM trials GROUP BY study_id, technique, theta) t
                  ON t.study_id = d.study_id AND t.technique = d.technique AND t.theta = d.theta_star
                ORDER BY accepted DESC, reason = 'NO_FEASIBLE_TRIAL', mu_star DESC, technique""");
        views.put(
                "v_throughput",
                """
                SELECT cycle, count(*) AS technique_model_pairs, count(DISTINCT model_id) AS models,
                       count(*) / count(DISTINCT model_id) AS techniques_per_model
                FROM adoption GROUP BY cycle ORDER BY cycle""");
        views.putAll(capacity());
        return views;
    }

    /**
     * What gains cost. Neutral is what a study counts as neutral: FLOPs, with a rounding error of the weighted mean; bytes
     * stand beside it. A row of a version that kept no limit has none but the baseline's own FLOPs.
     */
    private static Map<String, String> capacity() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put(
                "v_neutral",
                """
                SELECT study_id, technique, trial, theta, mu, regression_rate, feasible, flops_ratio, bytes_ratio
                FROM trials
                WHERE flops_ratio <= coalesce(flops_limit, 1.0) * (1 + 1e-12)
                ORDER BY study_id, technique, trial""");
        views.put(
                "v_over_capacity",
                """
                SELECT study_id, technique, trial, theta, mu, regression_rate, feasible, flops_ratio, bytes_ratio
                FROM trials
                WHERE flops_ratio > coalesce(flops_limit, 1.0) * (1 + 1e-12)
                ORDER BY study_id, technique, trial""");
        views.put(
                "v_neutral_models",
                """
                SELECT m.study_id, m.technique, m.trial, m.model_id, m.ne_delta, m.ne_delta_se, m.flops_ratio,
                       m.bytes_ratio
                FROM trial_models m
                JOIN trials t ON t.study_id = m.study_id AND t.technique = m.technique AND t.trial = m.trial
                WHERE m.status = 'DONE' AND m.replicate = 0
                  AND m.flops_ratio <= coalesce(t.flops_limit, 1.0) * (1 + 1e-12)
                ORDER BY m.study_id, m.technique, m.trial, m.model_id""");
        views.put(
                "v_capacity_frontier",
                """
                WITH feasible_trials AS (
                  SELECT study_id, technique, trial, theta, mu, flops_ratio, bytes_ratio,
                         round(flops_ratio, 9) AS cost
                  FROM trials WHERE feasible AND mu IS NOT NULL)
                SELECT t.study_id, t.technique, t.trial, t.theta, t.mu, t.flops_ratio, t.bytes_ratio
                FROM feasible_trials t
                LEFT ANTI JOIN feasible_trials o
                  ON o.study_id = t.study_id AND o.technique = t.technique AND o.cost <= t.cost AND o.mu >= t.mu
                 AND (o.cost < t.cost OR o.mu > t.mu)
                ORDER BY t.study_id, t.technique, t.cost, t.trial""");
        return views;
    }

    /** The views that a query names. */
    static Map<String, String> namedIn(String query) {
        Map<String, String> named = all();
        named.keySet().removeIf(name -> !names(query, name));
        return named;
    }

    /** Whether a query has a name as a word of its own. */
    static boolean names(String query, String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(query)
                .find();
    }
}
