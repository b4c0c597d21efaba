package dev.smt.jobs.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The analysts' views over the result tables. */
public final class Views {
    private Views() {}

    /** Name to defining query. */
    public static Map<String, String> all() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put(
                "v_back_test_culprits",
                """
                SELECT s.study_id, s.run_id, s.template, s.version, explode(split(s.left_out, ', ')) AS technique,
                       s.shipped_version, w.mu AS mu_with, w.mu_se AS mu_with_se, w.needed_mu AS needed_mu_with,
                       w.regression_rate AS regression_rate_with, s.mu AS mu_without, s.mu_se AS mu_without_se,
                       s.needed_mu AS needed_mu_without, s.regression_rate AS regression_rate_without
                FROM back_test_verdicts s JOIN back_test_verdicts w
                  ON w.run_id = s.run_id AND w.template = s.template AND w.version = s.version
                WHERE s.left_out IS NOT NULL AND s.shipped_version IS NOT NULL AND w.left_out IS NULL""");
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
                SELECT d.study_id, d.technique, d.accepted, d.reason, d.mu_star, d.regression_rate, d.holdout_mu,
                       d.holdout_regression_rate, d.flops_ratio, t.bytes_ratio
                FROM technique_decisions d
                LEFT JOIN (SELECT study_id, technique, theta, max(bytes_ratio) AS bytes_ratio
                           FROM trials GROUP BY study_id, technique, theta) t
                  ON t.study_id = d.study_id AND t.technique = d.technique AND t.theta = d.theta_star
                ORDER BY accepted DESC, reason = 'NO_FEASIBLE_TRIAL', mu_star DESC, technique""");
        views.put("v_per_model_regret", ModelGainViews.REGRET);
        views.put(
                "v_throughput",
                """
                SELECT cycle, count(*) AS technique_model_pairs, count(DISTINCT model_id) AS models,
                       count(*) / count(DISTINCT model_id) AS techniques_per_model
                FROM adoption GROUP BY cycle ORDER BY cycle""");
        views.putAll(totals());
        views.putAll(capacity());
        views.putAll(transfer());
        views.putAll(StudyViews.all());
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

    /**
     * The totals of the paper's Tables 3 and 4, each by its own rule: models that any cycle reached count once, the mean is
     * over all (model, cycle) pairs that were shipped, the largest is the largest, and lifts add up.
     */
    private static Map<String, String> totals() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put(
                "v_cycle_total",
                """
                SELECT 100.0 * count(DISTINCT i.model_id) / max(f.models) AS model_share_percent,
                       avg(i.ne_delta) AS mean_ne_percent, max(i.ne_delta) AS max_ne_percent,
                       count(DISTINCT i.cycle) AS cycles, count(*) AS model_cycle_pairs
                FROM model_iterations i CROSS JOIN (SELECT count(*) AS models FROM fleet_models) f
                WHERE i.outcome = 'SHIPPED'""");
        views.put(
                "v_online_lift",
                """
                SELECT experiment, arm, metric, relative_lift, relative_low, relative_high, offline_delta, verdict
                FROM experiments WHERE decides AND estimator IN ('welch', 'cuped')
                ORDER BY metric, experiment, arm""");
        views.put(
                "v_online_lift_total",
                """
                WITH lifts AS (
                    SELECT metric, relative_lift, (relative_high - relative_low) / 2 AS half_width
                    FROM experiments WHERE decides AND estimator IN ('welch', 'cuped') AND relative_lift IS NOT NULL)
                SELECT metric, count(*) AS experiments, sum(relative_lift) AS total_lift,
                       sum(relative_lift) - sqrt(sum(half_width * half_width)) AS total_low,
                       sum(relative_lift) + sqrt(sum(half_width * half_width)) AS total_high
                FROM lifts GROUP BY metric ORDER BY metric""");
        return views;
    }

    /** What a technique's gains on the representatives become on other models. */
    private static Map<String, String> transfer() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put(
                "v_transfer",
                """
                WITH realized AS (
                    SELECT get_json_object(mmo.outputs, '$.study') AS study_id, i.ne_delta, i.outcome, f.weight,
                           from_json(v.techniques, 'map<string,string>') AS techniques
                    FROM model_iterations i
                    JOIN runs iterate ON iterate.run_id = i.run_id
                    JOIN runs integrate ON integrate.run_id = get_json_object(iterate.input_versions, '$.integrate')
                    JOIN runs mmo ON mmo.run_id = get_json_object(integrate.input_versions, '$.mmo')
                    JOIN template_versions v ON v.template = i.template AND v.version = i.version
                    JOIN fleet_models f ON f.model_id = i.model_id
                    WHERE i.ne_delta IS NOT NULL),
                fleet AS (
                    SELECT d.study_id, d.technique, count(*) AS models,
                           sum(r.weight * r.ne_delta) / sum(r.weight) AS delta,
                           sum(CASE WHEN r.outcome = 'SHIPPED' THEN 1 ELSE 0 END) / count(*) AS shipped_share
                    FROM technique_decisions d JOIN realized r ON r.study_id = d.study_id
                    WHERE d.accepted AND r.techniques[d.technique] = d.theta_star
                    GROUP BY d.study_id, d.technique),
                holdout AS (
                    SELECT study_id, technique, count(DISTINCT model_id) AS models FROM trial_models WHERE trial = -1
                    GROUP BY study_id, technique)
                SELECT d.study_id, d.technique, d.models AS representatives, d.mu_star AS representative_delta,
                       d.regression_rate AS representative_regression_rate, coalesce(h.models, 0) AS holdout_models,
                       d.holdout_mu AS holdout_delta, d.holdout_regression_rate, d.holdout_verdict, t.pairs, t.clusters,
                       t.predicted_delta AS paired_representative_delta, t.holdout_delta AS paired_holdout_delta,
                       t.holdout_correlation, t.holdout_correlation_low, t.holdout_correlation_high,
                       coalesce(f.models, 0) AS fleet_models, f.delta AS fleet_delta, f.shipped_share AS fleet_shipped_share
                FROM technique_decisions d
                LEFT JOIN holdout h ON h.study_id = d.study_id AND h.technique = d.technique
                LEFT JOIN technique_transfer t ON t.study_id = d.study_id AND t.technique = d.technique
                LEFT JOIN fleet f ON f.study_id = d.study_id AND f.technique = d.technique
                WHERE d.accepted ORDER BY d.study_id, d.mu_star DESC, d.technique""");
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

    /** Makes the tables and views that a query names known to a session's SQL. */
    static void register(String query, SparkSession session, Function<Table<?>, Dataset<Row>> rows) {
        Map<String, String> views = namedIn(query);
        String all = query + "\n" + String.join("\n", views.values());
        for (Table<?> table : Tables.all()) {
            if (names(all, table.name())) {
                rows.apply(table).createOrReplaceTempView(table.name());
            }
        }
        views.forEach((name, definition) -> session.sql(definition).createOrReplaceTempView(name));
    }
}
