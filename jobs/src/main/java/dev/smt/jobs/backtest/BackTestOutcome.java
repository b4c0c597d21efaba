package dev.smt.jobs.backtest;

import dev.smt.jobs.table.BackTestRow;
import dev.smt.jobs.table.BackTestVerdictRow;
import java.util.List;

/**
 * What the back-test of one template came to.
 *
 * @param version the version to roll out: the new one, one without the culprits, or the old one
 * @param models rows per tested version and model
 * @param verdicts rows per tested version
 * @param summary lines for the user
 */
record BackTestOutcome(int version, List<BackTestRow> models, List<BackTestVerdictRow> verdicts, List<String> summary) {
    BackTestOutcome {
        models = List.copyOf(models);
        verdicts = List.copyOf(verdicts);
        summary = List.copyOf(summary);
    }
}
