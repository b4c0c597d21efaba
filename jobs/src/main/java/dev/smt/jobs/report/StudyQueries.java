package dev.smt.jobs.report;

import java.util.List;

/** The tables of the report's data that are of several cycles: the paper's Tables 3 to 5, and what supports them. */
final class StudyQueries {
    private StudyQueries() {}

    static List<ReportQuery> all() {
        return List.of(
                new ReportQuery("cycle_performance", "SELECT * FROM v_cycle_performance"),
                new ReportQuery("cycle_total", "SELECT * FROM v_cycle_total"),
                new ReportQuery("throughput", "SELECT * FROM v_throughput"),
                new ReportQuery("study_performance", "SELECT * FROM v_study_performance"),
                new ReportQuery("study_throughput", "SELECT * FROM v_study_throughput"),
                new ReportQuery(
                        "study_models",
                        """
                        SELECT study_id, model_id, role, techniques_by_templates, delta_by_templates, delta_by_templates_se,
                               flops_ratio_by_templates, techniques_alone, delta_alone, delta_alone_se, flops_ratio_alone,
                               difference
                        FROM v_study_models"""),
                new ReportQuery(
                        "findings",
                        """
                        SELECT study_id, finding, way, models, value, low, high, p_value, verdict
                        FROM study_findings ORDER BY study_id, finding, way"""),
                new ReportQuery(
                        "contrasts",
                        """
                        SELECT study_id, attribute, value, resisting, of_resisting, others, of_others, p_value
                        FROM study_contrasts ORDER BY study_id, p_value, attribute, value"""),
                new ReportQuery(
                        "removals",
                        """
                        SELECT template, version, technique, models, mu, mu_se, regression_rate, flops_ratio, verdict, reason
                        FROM technique_removals ORDER BY template, version, technique"""),
                new ReportQuery("online", "SELECT * FROM v_online_lift"),
                new ReportQuery("online_total", "SELECT * FROM v_online_lift_total"),
                new ReportQuery("effort", "SELECT * FROM v_effort"));
    }
}
