package dev.smt.jobs.study;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.trial.Candidate;
import java.util.Objects;

/**
 * A model as a way left it, beside what it was.
 *
 * @param way templates or fragmented
 * @param start what it was when the study began
 * @param last what it is now
 * @param techniques that it has shipped
 */
record FinalModel(String way, Candidate start, Candidate last, int techniques) {
    FinalModel {
        Objects.requireNonNull(way, "way");
    }

    FleetModel model() {
        return start.model();
    }

    String id() {
        return model().id();
    }
}
