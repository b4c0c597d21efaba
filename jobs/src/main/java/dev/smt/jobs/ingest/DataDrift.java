package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.ContractConfiguration.Drift;
import java.util.ArrayList;
import java.util.List;

/** How far the training rows of pipelines have moved since the versions before. */
final class DataDrift {
    /** Shares below count as this: the index of a share that was 0 would have no end. */
    private static final double LEAST = 1e-6;

    private DataDrift() {}

    /** The checks of one pipeline: a label or feature that one version lacks is not compared. */
    static List<DataCheck> of(PipelineManifest before, PipelineManifest now, InputConfiguration input) {
        Drift drift = input.contract().drift();
        List<DataCheck> checks = new ArrayList<>();
        for (String label : now.labels()) {
            if (before.labels().contains(label) && !input.amounts().contains(label)) {
                checks.add(check(
                        "base rate of " + label,
                        now,
                        index(before.baseRate(Split.TRAIN, label), now.baseRate(Split.TRAIN, label)),
                        drift.baseRate()));
            }
        }
        now.missingShares().forEach((feature, share) -> {
            Double old = before.missingShares().get(feature);
            if (old != null) {
                checks.add(check("missing values of " + feature, now, index(old, share), drift.missing()));
            }
        });
        return checks;
    }

    private static DataCheck check(String name, PipelineManifest now, double index, double most) {
        return new DataCheck(
                DataCheck.DRIFT, name, now.pipeline(), index, "a stability index of at most " + most, index <= most);
    }

    /** The population stability index of two shares and their rest: sum of (now - before) ln(now / before). */
    static double index(double before, double now) {
        double old = Math.min(1 - LEAST, Math.max(LEAST, before));
        double current = Math.min(1 - LEAST, Math.max(LEAST, now));
        return (current - old) * Math.log(current / old) + (old - current) * Math.log((1 - current) / (1 - old));
    }
}
