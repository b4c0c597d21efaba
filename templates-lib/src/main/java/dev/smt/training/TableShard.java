package dev.smt.training;

import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.TablePart;
import java.util.Arrays;

/**
 * The part of one feature's table that one device has. It looks up the ids of the whole batch; the devices take the rows of
 * the batch that are theirs, and bring the gradients of those back.
 */
final class TableShard {
    private final int device;
    private final int position;
    private final TablePart part;
    private final FeatureEmbedding embedding;
    private final FeatureVectors vectors;
    private final FeatureVectors gradients;

    /**
     * A shard.
     *
     * @param device that has it
     * @param position of the feature among the tower's embedded features
     * @param capacity most rows of a batch
     */
    TableShard(int device, int position, TablePart part, FeatureEmbedding embedding, int capacity) {
        this.device = device;
        this.position = position;
        this.part = part;
        this.embedding = embedding;
        this.vectors = new FeatureVectors(capacity, 1, part.width());
        this.gradients = new FeatureVectors(capacity, 1, part.width());
    }

    int device() {
        return device;
    }

    FeatureEmbedding embedding() {
        return embedding;
    }

    int position() {
        return position;
    }

    void lookUp(int[] rows, int from, int count) {
        Arrays.fill(vectors.firstOrder(), 0, count, 0);
        embedding.forward(rows, from, count, vectors, true);
    }

    /**
     * Adds the vectors and first-order terms of a slice of the batch, which the receiver numbers from 0.
     *
     * @return bytes of what was taken
     */
    long send(Slice slice, FeatureVectors to) {
        int width = part.width();
        for (int b = 0; b < slice.count(); b++) {
            int from = vectors.at(slice.begin() + b, 0);
            int at = to.at(b, position) + part.firstColumn();
            if (part.rowStep() == 1) {
                System.arraycopy(vectors.vectors(), from, to.vectors(), at, width);
            } else {
                for (int d = 0; d < width; d++) {
                    to.vectors()[at + d] += vectors.vectors()[from + d];
                }
            }
            to.firstOrder()[b] += vectors.firstOrder()[slice.begin() + b];
        }
        return 4L * slice.count() * (width + 1);
    }

    /**
     * Takes the gradients of a slice of the batch.
     *
     * @return bytes of what was taken
     */
    long receive(Slice slice, FeatureVectors from) {
        int width = part.width();
        for (int b = 0; b < slice.count(); b++) {
            int at = from.at(b, position) + part.firstColumn();
            System.arraycopy(from.vectors(), at, gradients.vectors(), gradients.at(slice.begin() + b, 0), width);
            gradients.firstOrder()[slice.begin() + b] = part.firstColumn() == 0 ? from.firstOrder()[b] : 0;
        }
        return 4L * slice.count() * (width + 1);
    }

    /** Collects the gradients of the rows, when those of all slices are there. */
    void backward(int count) {
        embedding.backward(count, gradients);
    }
}
