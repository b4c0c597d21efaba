package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.sequence.UnpooledSequence;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The arrays that one representation module reads: fills them batch by batch, and takes their gradients back. */
abstract class ModuleBatch {

    /** From now on reads these examples. */
    abstract void read(EncodedExamples examples);

    /**
     * Adds the module's arrays to the inputs, and first-order terms to {@code firstOrder} [B].
     *
     * @param change where features are read that it is of
     * @param step owns the arrays
     */
    abstract void forward(
            int[] rows,
            int from,
            int count,
            FeatureChange change,
            float[] firstOrder,
            NDManager step,
            boolean training,
            NDList inputs);

    /** By feature, the first-order terms [B] of a batch's ids. */
    Map<String, float[]> firstOrder(int[] rows, int from, int count) {
        return Map.of();
    }

    /** Takes the gradients of the last forward pass, given the gradient of the logits [B]. */
    abstract void backward(float[] logitGradient, int count, NDManager step);

    /** The embedding that fills the arrays, where one does. */
    abstract Optional<FeatureEmbedding> embedding();

    /** Numbers that aren't trained. */
    static final class Constants extends ModuleBatch {
        private final Codes codes;
        private final Shape shape;
        private final float[] numbers;
        private final ByteBuffer memory;

        /** What a row's numbers are. */
        interface Codes {
            void read(EncodedExamples examples);

            void write(int row, FeatureChange change, float[] to, int at);
        }

        /** @param shape for the capacity */
        Constants(Codes codes, Shape shape, NDManager manager) {
            this.codes = codes;
            this.shape = shape;
            this.numbers = new float[Math.toIntExact(shape.size())];
            this.memory = Torch.memory(manager.zeros(new Shape(numbers.length)));
        }

        @Override
        void read(EncodedExamples examples) {
            codes.read(examples);
        }

        @Override
        void forward(
                int[] rows,
                int from,
                int count,
                FeatureChange change,
                float[] firstOrder,
                NDManager step,
                boolean training,
                NDList inputs) {
            int width = numbers.length / Math.toIntExact(shape.get(0));
            for (int b = 0; b < count; b++) {
                codes.write(rows[from + b], change, numbers, b * width);
            }
            memory.asFloatBuffer().put(numbers, 0, count * width);
            inputs.add(Torch.alias(step, memory, 0, withRows(shape, count)));
        }

        @Override
        void backward(float[] logitGradient, int count, NDManager step) {
            // Nothing learns from these.
        }

        @Override
        Optional<FeatureEmbedding> embedding() {
            return Optional.empty();
        }
    }

    /** Vectors of a table: one per row, or for attention one per id, with their mask. */
    static final class Embedded extends ModuleBatch {
        private final String feature;
        private final FeatureEmbedding embedding;
        private final Shape shape;
        private final FeatureVectors vectors;
        private final FeatureVectors gradients;
        private final float[] mask;
        private final ByteBuffer memory;
        private final ByteBuffer maskMemory;
        private NDArray leaf;

        /** @param shape for the capacity: [B, W] or [B, L, W] */
        Embedded(Feature feature, FeatureEmbedding embedding, Shape shape, NDManager manager) {
            this.feature = feature.name();
            this.embedding = embedding;
            this.shape = shape;
            int capacity = Math.toIntExact(shape.get(0));
            int places = shape.dimension() == 3 ? Math.toIntExact(shape.get(1)) : 1;
            int width = Math.toIntExact(shape.get(shape.dimension() - 1));
            vectors = new FeatureVectors(capacity, places, width);
            gradients = new FeatureVectors(capacity, places, width);
            mask = new float[capacity * places];
            memory = Torch.memory(manager.zeros(new Shape(vectors.length(capacity))));
            maskMemory = Torch.memory(manager.zeros(new Shape(mask.length)));
        }

        @Override
        void read(EncodedExamples examples) {
            embedding.read(examples);
        }

        @Override
        void forward(
                int[] rows,
                int from,
                int count,
                FeatureChange change,
                float[] firstOrder,
                NDManager step,
                boolean training,
                NDList inputs) {
            Arrays.fill(vectors.firstOrder(), 0, count, 0);
            if (change.isOf(feature)) {
                embedding.forward(change.rows(rows, from, count), 0, count, vectors, training);
            } else {
                embedding.forward(rows, from, count, vectors, training);
            }
            for (int b = 0; b < count; b++) {
                firstOrder[b] += vectors.firstOrder()[b];
            }
            memory.asFloatBuffer().put(vectors.vectors(), 0, vectors.length(count));
            leaf = Torch.alias(step, memory, 0, withRows(shape, count));
            if (training) {
                leaf.setRequiresGradient(true);
            }
            inputs.add(leaf);
            if (embedding instanceof UnpooledSequence sequence) {
                inputs.add(maskOf(sequence, count, step));
            }
        }

        @Override
        Map<String, float[]> firstOrder(int[] rows, int from, int count) {
            Arrays.fill(vectors.firstOrder(), 0, count, 0);
            embedding.forward(rows, from, count, vectors, false);
            return Map.of(feature, Arrays.copyOf(vectors.firstOrder(), count));
        }

        private NDArray maskOf(UnpooledSequence sequence, int count, NDManager step) {
            int length = sequence.length();
            for (int b = 0; b < count; b++) {
                Arrays.fill(mask, b * length, b * length + sequence.length(b), 1);
                Arrays.fill(mask, b * length + sequence.length(b), (b + 1) * length, 0);
            }
            maskMemory.asFloatBuffer().put(mask, 0, count * length);
            return Torch.alias(step, maskMemory, 0, new Shape(count, length));
        }

        @Override
        void backward(float[] logitGradient, int count, NDManager step) {
            Torch.copyGradient(leaf, step, gradients.vectors(), 0, gradients.length(count));
            System.arraycopy(logitGradient, 0, gradients.firstOrder(), 0, count);
            embedding.backward(count, gradients);
        }

        @Override
        Optional<FeatureEmbedding> embedding() {
            return Optional.of(embedding);
        }
    }

    private static Shape withRows(Shape shape, int count) {
        long[] dimensions = shape.getShape().clone();
        dimensions[0] = count;
        return new Shape(dimensions);
    }
}
