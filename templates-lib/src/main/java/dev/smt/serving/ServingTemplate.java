package dev.smt.serving;

import dev.smt.nn.embedding.EmbeddingFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a template's models are served (paper, section 3.2.1). It changes nothing in how they are trained.
 *
 * @param capacityTolerance a model is capacity-neutral when its FLOPs are at most the baseline's times (1 + this)
 * @param embeddingFormat how the rows of the embedding tables are stored
 * @param prunedShare share of each table's rows, those with the smallest norms, that are left out and served as zero, 0
 *     to below 1
 * @param cachedItemTower whether the vectors of items are computed ahead of the requests; two towers only
 */
public record ServingTemplate(
        double capacityTolerance, EmbeddingFormat embeddingFormat, double prunedShare, boolean cachedItemTower)
        implements Serializable {
    public static final double DEFAULT_CAPACITY_TOLERANCE = 0.02;

    /** Models are served as they were trained. */
    public static final ServingTemplate DEFAULT = new ServingTemplate(DEFAULT_CAPACITY_TOLERANCE);

    public ServingTemplate {
        Objects.requireNonNull(embeddingFormat, "embeddingFormat");
        List<String> problems = new ArrayList<>();
        if (!(capacityTolerance >= 0) || Double.isInfinite(capacityTolerance)) {
            problems.add("capacity tolerance is " + capacityTolerance + "; allowed: 0 or more");
        }
        if (!(prunedShare >= 0 && prunedShare < 1)) {
            problems.add("pruned share is " + prunedShare + "; allowed: 0 to below 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Models are served as they were trained. */
    public ServingTemplate(double capacityTolerance) {
        this(capacityTolerance, EmbeddingFormat.FP32, 0, false);
    }

    /** Whether every row is served as it was trained. */
    public boolean keepsRows() {
        return embeddingFormat == EmbeddingFormat.FP32 && prunedShare == 0;
    }

    /** A copy with another format and pruned share. */
    public ServingTemplate withRows(EmbeddingFormat format, double share) {
        return new ServingTemplate(capacityTolerance, format, share, cachedItemTower);
    }

    /** A copy that caches the item tower, or doesn't. */
    public ServingTemplate withCachedItemTower(boolean value) {
        return new ServingTemplate(capacityTolerance, embeddingFormat, prunedShare, value);
    }
}
