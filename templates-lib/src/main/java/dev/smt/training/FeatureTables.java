package dev.smt.training;

import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.IdRepresentation;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.embedding.BucketEmbedding;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.IdEmbedding;
import dev.smt.nn.embedding.IdRows;
import dev.smt.nn.embedding.MappedIdEmbedding;
import dev.smt.nn.embedding.TablePart;
import dev.smt.nn.embedding.TableSizes;
import dev.smt.nn.network.ModuleInput.IdVectors;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.nn.sequence.PooledSequence;
import dev.smt.nn.sequence.UnpooledSequence;
import dev.smt.training.sharding.TablePlacement;
import java.util.Optional;

/** Makes the embeddings of a network's features, each with tables of its own. */
final class FeatureTables {
    /**
     * Initial vectors are about this long. Small, so that ids of few rows hardly disturb the prediction before they have
     * been learned.
     */
    private static final double INITIAL_NORM = 0.2;

    private final NetworkSpecification specification;
    private final FittedFeatures fitted;
    private final TableSizes sizes;
    private final int capacity;
    private final long seed;
    private final EmbeddingOptimizer optimizer;

    /**
     * For a network.
     *
     * @param capacity most rows of a batch
     * @param seed of the initial vectors
     * @param optimizer of the tables
     */
    FeatureTables(
            NetworkSpecification specification,
            FittedFeatures fitted,
            int capacity,
            long seed,
            EmbeddingOptimizer optimizer) {
        this.optimizer = optimizer;
        this.specification = specification;
        this.fitted = fitted;
        this.sizes = new TableSizes(specification);
        this.capacity = capacity;
        this.seed = seed;
    }

    /** The embedding of a feature whose vector, of its table's width, comes ready from its tables. */
    FeatureEmbedding embedding(Feature feature, int position) {
        String name = feature.name();
        if (feature.column() instanceof NumericColumn) {
            int bins = specification.architecture().representations().numeric().bins();
            int dimension = specification.architecture().embeddingDimension();
            EmbeddingTable table = table(name, bins, dimension);
            return new BucketEmbedding(name, position, capacity, table, fitted.binEdges(feature));
        }
        EmbeddingTable table = table(name, sizes.rows(feature), sizes.width(feature));
        if (feature.column() instanceof SequenceColumn sequence) {
            return sequence(name, position, sequence, table, idRows(feature));
        }
        return isPlain(feature)
                ? new IdEmbedding(name, position, capacity, table)
                : new MappedIdEmbedding(name, position, capacity, table, idRows(feature));
    }

    /** What shard {@code shard} of a feature's table has; empty where there are fewer rows than shards. */
    Optional<TablePart> shardOf(Feature feature, int shard, TablePlacement placement) {
        int rows = sizes.rows(feature);
        int width = sizes.width(feature);
        if (placement.kind() == TablePlacement.Kind.COLUMN_WISE) {
            return Optional.of(TablePart.columns(rows, width, shard, placement.shards()));
        }
        return shard < rows ? Optional.of(TablePart.rows(rows, width, shard, placement.shards())) : Optional.empty();
    }

    /**
     * The part of a feature's embedding that one device has. Its vectors are of the part's width; rows that the part
     * doesn't have count as 0, and each column part but the first has first-order weights that stay 0.
     */
    FeatureEmbedding part(Feature feature, TablePart part) {
        String name = feature.name();
        float initialScale = initialScale(sizes.width(feature));
        EmbeddingTable table = new EmbeddingTable(part, initialScale, Mixing.seed(seed, name), optimizer);
        IdRows rows = idRows(feature).in(part);
        if (feature.column() instanceof SequenceColumn sequence) {
            return sequence(name, 0, sequence, table, rows);
        }
        return new MappedIdEmbedding(name, 0, capacity, table, rows);
    }

    /** The embedding of a sequence for attention. */
    UnpooledSequence unpooled(IdVectors input) {
        Feature feature = input.feature();
        EmbeddingTable table = table(feature.name(), sizes.rows(feature), input.width());
        return new UnpooledSequence(feature.name(), capacity, input.length(), table, idRows(feature));
    }

    private FeatureEmbedding sequence(
            String name, int position, SequenceColumn column, EmbeddingTable table, IdRows idRows) {
        SequencePooling pooling = specification.pooling();
        int length = Math.min(specification.maxSequenceLength(), column.maxLength());
        if (pooling == SequencePooling.POSITION_WEIGHTED) {
            EmbeddingTable positions = new EmbeddingTable(length, 1, 0, 0, optimizer);
            return PooledSequence.positionWeighted(name, position, capacity, table, idRows, positions);
        }
        return new PooledSequence(name, position, capacity, length, pooling, table, idRows);
    }

    private EmbeddingTable table(String feature, int rows, int width) {
        return new EmbeddingTable(rows, width, initialScale(width), Mixing.seed(seed, feature), optimizer);
    }

    private static float initialScale(int width) {
        return (float) (INITIAL_NORM / Math.sqrt(width));
    }

    private IdRows idRows(Feature feature) {
        IdRepresentation id = specification.architecture().representations().id();
        return new IdRows(sizes.rows(feature), id.kind(), fitted.frequentIds(feature));
    }

    private boolean isPlain(Feature feature) {
        IdRepresentation id = specification.architecture().representations().id();
        return id.minCount() <= 1 && (id.kind() == IdRepresentation.Kind.SINGLE_ROW || !sizes.isHashed(feature));
    }
}
