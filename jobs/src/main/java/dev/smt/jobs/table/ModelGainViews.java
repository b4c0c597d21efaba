package dev.smt.jobs.table;

/** What each model would have gained from the trials of a study by itself, beside what the fleet's theta* gave it. */
final class ModelGainViews {
    /**
     * Every measured trial of a model with its rank for the model. {@code shrinkage} is the share of the variance between the
     * model's trials that their standard errors leave: what of a difference between two of them is to be believed.
     */
    private static final String RANKED =
            """
            WITH ranked AS (
              SELECT m.study_id, m.technique, m.model_id, m.trial, t.theta, m.ne_delta, m.ne_delta_se,
                     row_number() OVER (PARTITION BY m.study_id, m.technique, m.model_id
                                        ORDER BY m.ne_delta DESC, m.trial) AS place,
                     count(*) OVER own AS trials,
                     avg(m.ne_delta) OVER own AS mean_delta,
                     coalesce(greatest(0, 1 - avg(m.ne_delta_se * m.ne_delta_se) OVER own
                                              / nullif(var_samp(m.ne_delta) OVER own, 0)), 0) AS shrinkage
              FROM trial_models m
              JOIN trials t ON t.study_id = m.study_id AND t.technique = m.technique AND t.trial = m.trial
              WHERE m.replicate = 0 AND m.status = 'DONE'
              WINDOW own AS (PARTITION BY m.study_id, m.technique, m.model_id))
            """;

    /** What the fleet's theta* costs each model. */
    static final String REGRET = RANKED
            + """
            SELECT s.study_id, s.technique, s.model_id, d.accepted, s.trials,
                   s.theta AS theta_star, s.ne_delta AS delta_star, s.ne_delta_se AS delta_star_se,
                   b.theta AS theta_best, b.ne_delta AS delta_best, b.ne_delta_se AS delta_best_se,
                   b.ne_delta - s.ne_delta AS regret,
                   CASE WHEN b.trial = s.trial THEN 0
                        ELSE sqrt(b.ne_delta_se * b.ne_delta_se + s.ne_delta_se * s.ne_delta_se) END AS regret_se,
                   s.shrinkage * (b.ne_delta - s.ne_delta) AS regret_shrunk
            FROM ranked s
            JOIN ranked b ON b.study_id = s.study_id AND b.technique = s.technique AND b.model_id = s.model_id
            JOIN technique_decisions d ON d.study_id = s.study_id AND d.technique = s.technique
            WHERE s.theta = d.theta_star AND b.place = 1
            ORDER BY s.study_id, s.technique, regret_shrunk DESC, s.model_id""";

    /** Rejected techniques that some models like by themselves. */
    static final String CANDIDATES = RANKED
            + """
            , best AS (
              SELECT b.*, d.reason, b.mean_delta + b.shrinkage * (b.ne_delta - b.mean_delta) AS shrunk_delta,
                     b.ne_delta > greatest(coalesce(CAST(get_json_object(r.config, '$.mmo.tau') AS DOUBLE), 0.05),
                                           2 * coalesce(b.ne_delta_se, 0)) AS likes
              FROM ranked b
              JOIN technique_decisions d ON d.study_id = b.study_id AND d.technique = b.technique
              LEFT JOIN runs r ON r.run_id = d.run_id
              WHERE b.place = 1 AND NOT d.accepted AND d.reason <> 'OPEN')
            SELECT study_id, technique, first(reason) AS reason, count(*) AS models,
                   count_if(likes) AS models_that_like,
                   sum(1 - pow(0.97725, trials)) AS models_by_luck,
                   avg(CASE WHEN likes THEN ne_delta END) AS mean_best_delta,
                   avg(CASE WHEN likes THEN shrunk_delta END) AS mean_shrunk_delta,
                   array_join(sort_array(collect_list(CASE WHEN likes THEN model_id END)), ', ') AS which
            FROM best GROUP BY study_id, technique HAVING count_if(likes) > 0
            ORDER BY models_that_like / models DESC, study_id, technique""";

    private ModelGainViews() {}
}
