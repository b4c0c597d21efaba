package dev.smt.jobs.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.unsafe.types.UTF8String;

/** The distinct values of a column, with codes 0, 1, ... in the order in which they came. */
sealed interface DistinctValues {
    /** The code of the value at a place, or -1. */
    int find(SpecializedGetters row, int at);

    /** The code of the value at a place, which may be new. */
    int add(SpecializedGetters row, int at);

    /** The code of a value that is given as a text, which may be new. */
    int add(String text);

    int size();

    String text(int code);

    /** Of codes, by their values: numbers as numbers, texts by their UTF-16 units. */
    Comparator<Integer> order();

    /** Whole numbers. */
    final class Numbers implements DistinctValues {
        private final LongCodes codes = new LongCodes();

        @Override
        public int find(SpecializedGetters row, int at) {
            return codes.find(row.getLong(at));
        }

        @Override
        public int add(SpecializedGetters row, int at) {
            return codes.add(row.getLong(at));
        }

        @Override
        public int add(String text) {
            return codes.add(Long.parseLong(text));
        }

        @Override
        public int size() {
            return codes.size();
        }

        @Override
        public String text(int code) {
            return Long.toString(codes.value(code));
        }

        @Override
        public Comparator<Integer> order() {
            return Comparator.comparingLong(codes::value);
        }
    }

    /** Texts. */
    final class Texts implements DistinctValues {
        private final Map<UTF8String, Integer> codes = new HashMap<>();
        private final List<String> texts = new ArrayList<>();

        @Override
        public int find(SpecializedGetters row, int at) {
            return codes.getOrDefault(row.getUTF8String(at), -1);
        }

        /** A value's memory may be used again for the next row. */
        @Override
        public int add(SpecializedGetters row, int at) {
            UTF8String value = row.getUTF8String(at);
            Integer known = codes.get(value);
            return known == null ? add(value.clone(), value.toString()) : known;
        }

        @Override
        public int add(String text) {
            UTF8String value = UTF8String.fromString(text);
            Integer known = codes.get(value);
            return known == null ? add(value, text) : known;
        }

        private int add(UTF8String value, String text) {
            codes.put(value, texts.size());
            texts.add(text);
            return texts.size() - 1;
        }

        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public String text(int code) {
            return texts.get(code);
        }

        @Override
        public Comparator<Integer> order() {
            return Comparator.comparing(texts::get);
        }
    }
}
