package dev.smt.nn.embedding;

import java.nio.ByteBuffer;

/**
 * How one row of an embedding table is stored where a model is served: its vector [D] and its first-order weight. All
 * numbers are little-endian.
 */
public enum EmbeddingFormat {
    /** As it was trained: 4 (D + 1) bytes. */
    FP32 {
        @Override
        public int bytesPerRow(int dimension) {
            return Float.BYTES * (dimension + 1);
        }

        @Override
        void encode(float[] row, int at, int dimension, ByteBuffer to) {
            for (int d = 0; d <= dimension; d++) {
                to.putFloat(row[at + d]);
            }
        }

        @Override
        void decode(ByteBuffer from, int dimension, float[] row) {
            for (int d = 0; d <= dimension; d++) {
                row[d] = from.getFloat();
            }
        }
    },

    /** Each number as the nearest half (IEEE 754 binary16): 2 (D + 1) bytes. */
    FP16 {
        @Override
        public int bytesPerRow(int dimension) {
            return Short.BYTES * (dimension + 1);
        }

        @Override
        void encode(float[] row, int at, int dimension, ByteBuffer to) {
            for (int d = 0; d <= dimension; d++) {
                to.putShort(HalfPrecision.nearest(row[at + d]));
            }
        }

        @Override
        void decode(ByteBuffer from, int dimension, float[] row) {
            for (int d = 0; d <= dimension; d++) {
                row[d] = HalfPrecision.value(from.getShort());
            }
        }
    },

    /**
     * Row-wise quantization (Guan et al. 2019, section 3; Khudia et al. 2021): a value is offset + scale * code, with a
     * byte as code, and offset and scale of the row as halves. The range offset to offset + 255 scale holds the whole
     * vector, so that no value moves by more than half a scale. The first-order weight is a half: D + 6 bytes.
     */
    INT8 {
        @Override
        public int bytesPerRow(int dimension) {
            return dimension + 3 * Short.BYTES;
        }

        @Override
        void encode(float[] row, int at, int dimension, ByteBuffer to) {
            float least = Float.POSITIVE_INFINITY;
            float largest = Float.NEGATIVE_INFINITY;
            for (int d = 0; d < dimension; d++) {
                least = Math.min(least, row[at + d]);
                largest = Math.max(largest, row[at + d]);
            }
            short offset = HalfPrecision.below(least);
            float from = HalfPrecision.value(offset);
            short scale = HalfPrecision.above((float) ((largest - (double) from) / CODES));
            float step = HalfPrecision.value(scale);
            to.putShort(offset).putShort(scale).putShort(HalfPrecision.nearest(row[at + dimension]));
            for (int d = 0; d < dimension; d++) {
                double code = step == 0 ? 0 : Math.rint((row[at + d] - (double) from) / step);
                to.put((byte) Math.max(0, Math.min(CODES, code)));
            }
        }

        @Override
        void decode(ByteBuffer from, int dimension, float[] row) {
            float offset = HalfPrecision.value(from.getShort());
            float scale = HalfPrecision.value(from.getShort());
            row[dimension] = HalfPrecision.value(from.getShort());
            for (int d = 0; d < dimension; d++) {
                row[d] = offset + scale * (from.get() & 0xFF);
            }
        }
    };

    /** The largest code of a byte. */
    private static final int CODES = 255;

    /** Bytes of a row. */
    public abstract int bytesPerRow(int dimension);

    /** Stores a row: vector [D] from {@code at}, then the first-order weight. */
    abstract void encode(float[] row, int at, int dimension, ByteBuffer to);

    /** Writes a stored row: vector [D] from 0, then the first-order weight. */
    abstract void decode(ByteBuffer from, int dimension, float[] row);
}
