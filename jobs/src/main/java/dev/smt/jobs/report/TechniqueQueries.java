package dev.smt.jobs.report;

import java.util.List;

/** The tables of the report's data that are of techniques. */
final class TechniqueQueries {
    private TechniqueQueries() {}

    static List<ReportQuery> all() {
        return List.of(
                new ReportQuery(
                        "techniques",
                        """
                        SELECT d.study_id, d.technique, d.accepted, d.reason, d.paper_reason, d.posterior_feasibility,
                               d.theta_star, d.mu_star, e.mu, e.mu_low, e.mu_high,
                               d.regression_rate, d.regression_rate_low, d.regression_rate_high, e.verdict, e.acceptance,
                               e.replicates, e.to_close, d.holdout_mu, d.holdout_regression_rate, d.holdout_verdict,
                               d.flops_ratio, l.bytes_ratio, d.models
                        FROM technique_decisions d
                        LEFT JOIN technique_evidence e ON e.study_id = d.study_id AND e.technique = d.technique
                        LEFT JOIN v_leaderboard l ON l.study_id = d.study_id AND l.technique = d.technique
                        ORDER BY d.study_id, d.accepted DESC, d.reason = 'NO_FEASIBLE_TRIAL', d.mu_star DESC, d.technique"""),
                new ReportQuery(
                        "cost",
                        """
                        SELECT study_id, technique, count_if(status = 'DONE') AS trainings,
                               count_if(status = 'FAILED') AS failed, count_if(status = 'SKIPPED') AS skipped,
                               sum(train_seconds) / 3600D AS hours
                        FROM trial_models GROUP BY study_id, technique ORDER BY study_id, technique"""),
                new ReportQuery(
                        "trials",
                        """
                        SELECT study_id, technique, trial, theta, mu, regression_rate, feasible, models_failed, models_skipped,
                               suggested_by, flops_ratio, bytes_ratio, rows_share
                        FROM trials ORDER BY study_id, technique, trial"""),
                new ReportQuery(
                        "deltas",
                        """
                        SELECT study_id, technique, model_id, ne_delta, ne_delta_se, status
                        FROM v_delta_matrix ORDER BY study_id, technique, model_id"""),
                new ReportQuery(
                        "effects",
                        """
                        SELECT study_id, technique, model_id, mean, standard_error, replicates, regression_probability
                        FROM model_effects ORDER BY study_id, technique, model_id"""),
                new ReportQuery(
                        "sensitivity",
                        """
                        SELECT study_id, technique, parameter, beta, beta_se, variance_across_models, noise_variance, decision,
                               reason, first_order_index, total_index
                        FROM parameter_sensitivity ORDER BY study_id, technique, total_index DESC, parameter"""),
                new ReportQuery(
                        "slices",
                        """
                        SELECT study_id, technique, parameter, value, other_parameter, other_value, mu, mu_deviation,
                               feasibility
                        FROM surrogate_slices ORDER BY study_id, technique, parameter, other_parameter, point"""),
                new ReportQuery(
                        "frontier",
                        """
                        SELECT study_id, technique, trial, mu, flops_ratio, bytes_ratio
                        FROM v_capacity_frontier"""),
                new ReportQuery(
                        "transfer",
                        """
                        SELECT study_id, technique, representatives, representative_delta, holdout_models, holdout_delta,
                               holdout_regression_rate, holdout_verdict, holdout_correlation, fleet_models, fleet_delta,
                               fleet_shipped_share
                        FROM v_transfer"""),
                new ReportQuery(
                        "candidates",
                        """
                        SELECT study_id, technique, reason, models, models_that_like, models_by_luck, mean_best_delta,
                               mean_shrunk_delta, which
                        FROM v_expose_candidates"""));
    }
}
