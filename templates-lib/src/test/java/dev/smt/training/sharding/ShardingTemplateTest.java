package dev.smt.training.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardingTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "NONE,2,1,REPLICATED,1,devices is 2",
        "DATA_PARALLEL,0,1,REPLICATED,1,devices is 0",
        "DATA_PARALLEL,257,1,REPLICATED,1,devices is 257",
        "DATA_PARALLEL,4,2,REPLICATED,1,group is 2",
        "FULLY_SHARDED,4,4,REPLICATED,1,group is 4",
        "HYBRID,4,1,REPLICATED,1,group is 1",
        "HYBRID,4,3,REPLICATED,1,group is 3",
        "HYBRID,4,4,REPLICATED,1,group is 4",
        "DATA_PARALLEL,4,1,REPLICATED,2,column-shards is 2",
        "DATA_PARALLEL,4,1,ROW_WISE,2,column-shards is 2",
        "DATA_PARALLEL,4,1,COLUMN_WISE,1,column-shards is 1",
        "DATA_PARALLEL,4,1,COLUMN_WISE,5,column-shards is 5",
        "NONE,1,1,ROW_WISE,1,tables is row-wise"
    })
    void whatDoesNotGoTogetherIsRefusedByName(
            Strategy strategy, int devices, int group, TablePlacement.Kind tables, int columnShards, String message) {
        assertThatThrownBy(() -> new ShardingTemplate(strategy, devices, group, tables, columnShards))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("allowed");
    }

    @Test
    void groupsShareOneCopy() {
        assertThat(new ShardingTemplate(Strategy.HYBRID, 6, 3, TablePlacement.Kind.REPLICATED, 1).sharing())
                .isEqualTo(3);
        assertThat(new ShardingTemplate(Strategy.FULLY_SHARDED, 6, 1, TablePlacement.Kind.ROW_WISE, 1).sharing())
                .isEqualTo(6);
        assertThat(ShardingTemplate.DEFAULT.isOn()).isFalse();
    }
}
