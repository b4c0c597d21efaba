package dev.smt.nn.embedding;

import dev.smt.data.EncodedExamples;
import java.util.List;

/** Makes one feature's vector of width D for each row of a batch, and learns from the batch's gradient. */
public interface FeatureEmbedding {

    /** From now on reads this feature's column of these examples. */
    void read(EncodedExamples examples);

    /**
     * Writes this feature's vectors into {@code batch}, and adds its first-order terms to it.
     *
     * @param rows row numbers; those from {@code from} to before {@code from + count} are the batch
     * @param training remembers the touched rows for {@link #backward}
     */
    void forward(int[] rows, int from, int count, FeatureVectors batch, boolean training);

    /** Collects the gradient of the touched rows from that of the last forward pass's vectors and first-order terms. */
    void backward(int count, FeatureVectors gradient);

    /** Moves the touched rows and forgets the gradient. */
    void update(double learningRate);

    /** The gradients that {@link #update} will apply, one for each table; the first is that of the ids' vectors. */
    List<SparseGradient> gradients();
}
