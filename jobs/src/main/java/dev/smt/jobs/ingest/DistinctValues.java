package dev.smt.jobs.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The distinct values of a column, with codes 0, 1, ... in the order in which they came.
 *
 * @param <V> a value: numbers go by size, texts by their UTF-16 units
 */
sealed interface DistinctValues<V extends Comparable<V>> {
    /** None yet, of the same kind. */
    DistinctValues<V> none();

    /** The code of the value at a place, or -1. */
    int find(SpecializedGetters row, int at);

    /** The code of the value at a place, which may be new. */
    int add(SpecializedGetters row, int at);

    /** The code of a value, or -1. */
    int find(V value);

    /** The code of a value, which may be new. */
    int add(V value);

    int size();

    V value(int code);

    /** The value that a text stands for. */
    V parse(String text);

    /** Memory that they take, about. */
    long bytes();

    /** Spills the values of some codes; as {@link #read} reads them. */
    Stored write(Spill to, int[] codes) throws IOException;

    /** The values that were spilled, in their order. */
    List<V> read(Spill from, Stored stored) throws IOException;

    /** Where values are: numbers, or the bytes of texts with the length of each. */
    record Stored(Spill.Place values, Spill.Place lengths) {}

    /** Whole numbers. */
    final class Numbers implements DistinctValues<Long> {
        private final LongCodes codes = new LongCodes();

        @Override
        public Numbers none() {
            return new Numbers();
        }

        @Override
        public int find(SpecializedGetters row, int at) {
            return codes.find(row.getLong(at));
        }

        @Override
        public int add(SpecializedGetters row, int at) {
            return codes.add(row.getLong(at));
        }

        @Override
        public int find(Long value) {
            return codes.find(value);
        }

        @Override
        public int add(Long value) {
            return codes.add(value);
        }

        @Override
        public int size() {
            return codes.size();
        }

        @Override
        public Long value(int code) {
            return codes.value(code);
        }

        @Override
        public Long parse(String text) {
            return Long.valueOf(text);
        }

        @Override
        public long bytes() {
            return codes.bytes();
        }

        @Override
        public Stored write(Spill to, int[] of) throws IOException {
            long[] values = IntStream.of(of).mapToLong(codes::value).toArray();
            return new Stored(to.write(values, values.length), to.write(new int[0], 0));
        }

        @Override
        public List<Long> read(Spill from, Stored stored) throws IOException {
            List<Long> values = new ArrayList<>(stored.values().count());
            for (long value : from.longs(stored.values())) {
                values.add(value);
            }
            return values;
        }
    }

    /** Texts. */
    final class Texts implements DistinctValues<String> {
        /** Of a value beside its bytes: the entry and its place, the code, two objects. */
        private static final int BYTES_EACH = 112;

        private final Map<UTF8String, Integer> codes = new HashMap<>();
        private final List<UTF8String> values = new ArrayList<>();
        private long textBytes;

        @Override
        public Texts none() {
            return new Texts();
        }

        @Override
        public int find(SpecializedGetters row, int at) {
            return codes.getOrDefault(row.getUTF8String(at), -1);
        }

        /** A value's memory may be used again for the next row. */
        @Override
        public int add(SpecializedGetters row, int at) {
            UTF8String value = row.getUTF8String(at);
            Integer known = codes.get(value);
            return known == null ? append(value.clone()) : known;
        }

        @Override
        public int find(String value) {
            return codes.getOrDefault(UTF8String.fromString(value), -1);
        }

        @Override
        public int add(String text) {
            UTF8String value = UTF8String.fromString(text);
            Integer known = codes.get(value);
            return known == null ? append(value) : known;
        }

        private int append(UTF8String value) {
            codes.put(value, values.size());
            values.add(value);
            textBytes += value.numBytes();
            return values.size() - 1;
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public String value(int code) {
            return values.get(code).toString();
        }

        @Override
        public String parse(String text) {
            return text;
        }

        @Override
        public long bytes() {
            return textBytes + (long) BYTES_EACH * values.size();
        }

        @Override
        public Stored write(Spill to, int[] of) throws IOException {
            int[] lengths =
                    IntStream.of(of).map(code -> values.get(code).numBytes()).toArray();
            ByteBuffer bytes = ByteBuffer.allocate(
                    Math.toIntExact(IntStream.of(lengths).asLongStream().sum()));
            for (int code : of) {
                bytes.put(values.get(code).getBytes());
            }
            return new Stored(to.write(bytes.array(), bytes.capacity()), to.write(lengths, lengths.length));
        }

        @Override
        public List<String> read(Spill from, Stored stored) throws IOException {
            byte[] bytes = from.bytes(stored.values());
            List<String> texts = new ArrayList<>(stored.lengths().count());
            int at = 0;
            for (int length : from.ints(stored.lengths())) {
                texts.add(new String(bytes, at, length, StandardCharsets.UTF_8));
                at += length;
            }
            return texts;
        }
    }
}
