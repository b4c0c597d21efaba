package dev.smt.nn.network;

import ai.djl.ndarray.types.Shape;
import dev.smt.feature.Feature;
import java.util.List;

/** What a representation module with dense parameters reads: arrays of its own, after the tower's shared ones. */
public sealed interface ModuleInput {

    /** The features; it makes one vector of width D of each. */
    List<Feature> features();

    /** The shapes of its arrays for a batch of B rows. */
    List<Shape> shapes(long batch);

    /** Vectors of a narrow table, which are projected: [B, W]. */
    record NarrowVectors(Feature feature, int width) implements ModuleInput {
        @Override
        public List<Feature> features() {
            return List.of(feature);
        }

        @Override
        public List<Shape> shapes(long batch) {
            return List.of(new Shape(batch, width));
        }
    }

    /** Pretrained vectors, which are projected: [B, W]. */
    record GivenVectors(Feature feature, int width) implements ModuleInput {
        @Override
        public List<Feature> features() {
            return List.of(feature);
        }

        @Override
        public List<Shape> shapes(long batch) {
            return List.of(new Shape(batch, width));
        }
    }

    /** Numbers as piecewise-linear codes of T bins: [B, N, T]. */
    record BinCodes(List<Feature> features, int bins) implements ModuleInput {
        public BinCodes {
            features = List.copyOf(features);
        }

        @Override
        public List<Shape> shapes(long batch) {
            return List.of(new Shape(batch, features.size(), bins));
        }
    }

    /** Numbers for periodic embeddings: nothing of its own, it reads the tower's numbers [B, N]. */
    record Numbers(List<Feature> features) implements ModuleInput {
        public Numbers {
            features = List.copyOf(features);
        }

        @Override
        public List<Shape> shapes(long batch) {
            return List.of();
        }
    }

    /** The vectors of a sequence's ids for attention, [B, L, W], and their mask [B, L]. */
    record IdVectors(Feature feature, int length, int width) implements ModuleInput {
        @Override
        public List<Feature> features() {
            return List.of(feature);
        }

        @Override
        public List<Shape> shapes(long batch) {
            return List.of(new Shape(batch, length, width), new Shape(batch, length));
        }
    }
}
