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
        views.put("v_expose_candidates", ModelGainViews.CANDIDATES);
        views.put(
                "v_leaderboard",
                """
                SELECT study_id, technique, accepted, reason, mu_star, regression_rate, holdout_mu,
                       holdout_regression_rate, flops_ratio
                FROM technique_decisions
                ORDER BY accepted DESC, reason = 'NO_FEASIBLE_TRIAL', mu_star DESC, technique""");
        views.put("v_per_model_regret", ModelGainViews.REGRET);
        views.put(
                "v_throughput",
                """
                SELECT cycle, count(*) AS technique_model_pairs, count(DISTINCT model_id) AS models,
                       count(*) / count(DISTINCT model_id) AS techniques_per_model
                FROM adoption GROUP BY cycle ORDER BY cycle""");
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
