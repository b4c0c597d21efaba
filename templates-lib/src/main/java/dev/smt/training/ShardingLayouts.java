package dev.smt.training;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.network.TowerFeatures;
import dev.smt.training.sharding.ShardingLayout;
import dev.smt.training.sharding.ShardingTemplate;
import dev.smt.training.sharding.TablePlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What each device of a template's training has. */
final class ShardingLayouts {
    private ShardingLayouts() {}

    /** The features whose tables can be sharded: of ids and sequences. Tables of numbers' bins are small, and replicated. */
    static List<Feature> shardable(NetworkSpecification network) {
        List<Feature> features = new ArrayList<>();
        for (TowerFeatures tower : TowerFeatures.of(network)) {
            tower.embedded().stream()
                    .filter(feature -> !(feature.column() instanceof NumericColumn))
                    .forEach(features::add);
        }
        return features;
    }

    /** All tables the same way; the column shards of one table after the other go round the devices. */
    static ShardingLayout of(ShardingTemplate template, NetworkSpecification network) {
        Map<String, TablePlacement> tables = new TreeMap<>();
        int next = 0;
        for (Feature feature : shardable(network)) {
            if (template.tables() == TablePlacement.Kind.ROW_WISE) {
                List<Integer> all =
                        IntStream.range(0, template.devices()).boxed().toList();
                tables.put(feature.name(), new TablePlacement(TablePlacement.Kind.ROW_WISE, all));
            } else if (template.tables() == TablePlacement.Kind.COLUMN_WISE) {
                int first = next;
                List<Integer> some = IntStream.range(0, template.columnShards())
                        .mapToObj(shard -> (first + shard) % template.devices())
                        .toList();
                tables.put(feature.name(), new TablePlacement(TablePlacement.Kind.COLUMN_WISE, some));
                next += template.columnShards();
            }
        }
        return new ShardingLayout(template.strategy(), template.devices(), template.sharing(), tables);
    }
}
