package dev.smt.jobs.ingest;

import java.io.Serializable;

/**
 * Where the columns of {@link ExampleColumns#select} are: the pipeline, the columns that make it, time, row hash, bucket, labels, features.
 *
 * @param by number of columns that make a pipeline
 * @param labelCount number of labels
 */
record ExamplePlaces(int by, int labelCount) implements Serializable {
    static ExamplePlaces of(IngestConfiguration configuration) {
        return new ExamplePlaces(
                configuration.pipelines().byColumns().size(),
                configuration.input().labels().size());
    }

    int pipeline() {
        return 0;
    }

    int firstBy() {
        return 1;
    }

    int time() {
        return 1 + by;
    }

    int rowHash() {
        return time() + 1;
    }

    int labels() {
        return time() + 3;
    }

    int features() {
        return labels() + labelCount;
    }
}
