package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.FeatureEncoding.Hashing;
import dev.smt.jobs.ingest.FeatureEncoding.Id;
import dev.smt.jobs.ingest.FeatureEncoding.IdEncoding;
import dev.smt.jobs.ingest.FeatureEncoding.Number;
import dev.smt.jobs.ingest.FeatureEncoding.Sequence;
import dev.smt.jobs.ingest.FeatureEncoding.Vector;
import dev.smt.jobs.ingest.FeatureEncoding.Vocabulary;

/**
 * The name of a pipeline's data: a hash over what its rows hold (features, labels, times; not where they came from) and
 * how they are encoded. The same version is the same bytes.
 */
final class DataVersion {
    /** Raised when the encoder gives other bytes for the same rows, or rows another fingerprint. */
    private static final int ENCODER_VERSION = 3;

    private static final int LENGTH = 16;

    private DataVersion() {}

    static String of(InputConfiguration input, Cell cell) {
        StringBuilder text = new StringBuilder("encoder " + ENCODER_VERSION + "\n");
        input.features().forEach(feature -> text.append(feature.name())
                .append('\t')
                .append(feature.type())
                .append('\t')
                .append(feature.side())
                .append('\t')
                .append(text(feature.encoding()))
                .append('\n'));
        input.labelNames().forEach(label -> text.append(label).append('\n'));
        cell.splits().forEach((split, counts) -> text.append(split)
                .append('\t')
                .append(counts.rows())
                .append('\t')
                .append(counts.fingerprint())
                .append('\n'));
        return Sha256.hex(text.toString()).substring(0, LENGTH);
    }

    private static String text(FeatureEncoding encoding) {
        if (encoding instanceof Number number) {
            return number.log1p() ? "number log1p" : "number";
        }
        if (encoding instanceof Sequence sequence) {
            return "sequence " + sequence.maxLength() + " " + text(sequence.ids());
        }
        if (encoding instanceof Vector vector) {
            return "vector " + vector.width();
        }
        return "id " + text(((Id) encoding).ids());
    }

    private static String text(IdEncoding ids) {
        return ids instanceof Vocabulary vocabulary
                ? "vocabulary " + vocabulary.minCount() + " " + vocabulary.maxSize()
                : "hashing " + ((Hashing) ids).buckets();
    }
}
