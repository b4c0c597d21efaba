package dev.smt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.training.sharding.ShardingTemplate;
import dev.smt.training.sharding.Strategy;
import dev.smt.training.sharding.TablePlacement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardingFieldsTest {
    private static final Template SHARDED = Examples.SPARSE.withTraining(Examples.SPARSE
            .training()
            .withSharding(new ShardingTemplate(Strategy.DATA_PARALLEL, 4, 1, TablePlacement.Kind.COLUMN_WISE, 2)));

    private static String written(String key, String from, String to) {
        String text = TemplateJson.write(SHARDED);
        assertThat(text).contains("\"" + key + "\":" + from);
        return text.replace("\"" + key + "\":" + from, "\"" + key + "\":" + to);
    }

    @Test
    void onlyWhatIsNotTheDefaultIsWritten() {
        assertThat(TemplateJson.write(SHARDED))
                .contains("\"sharding\":{\"strategy\":\"data-parallel\",\"devices\":4,\"tables\":\"column-wise\","
                        + "\"column-shards\":2}");
        assertThat(TemplateJson.write(Examples.SPARSE)).doesNotContain("sharding");
        assertThat(TemplateJson.read(TemplateJson.write(SHARDED))).isEqualTo(SHARDED);
        assertThat(TemplateJson.hash(SHARDED)).isNotEqualTo(TemplateJson.hash(Examples.SPARSE));
    }

    @ParameterizedTest
    @CsvSource({
        "strategy,'\"data-parallel\"','\"none\"',devices is 4",
        "devices,4,600,devices is 600",
        "column-shards,2,9,column-shards is 9",
        "devices,4,'4,\"group\":2',group is 2",
        "batch-size,512,7,training.batch-size is 7",
        "embedding-dimension,16,15,training.sharding.column-shards is 2",
        "pooling,'\"mean\"','\"self-attention\"',features.pooling is self-attention",
        "devices,4,'4,\"rings\":2',rings",
        "column-shards,2,'2},\"optimizer\":{\"clip-norm\":1',training.optimizer.clip-norm is 1.0",
        "column-shards,2,'2},\"optimizer\":{\"averaging-share\":1',training.optimizer.averaging-share is 1.0",
        "column-shards,2,'2},\"held-out\":{\"validation-share\":0.1',training.held-out.validation-share is 0.1"
    })
    void whatCannotBeShardedIsRefusedByName(String key, String from, String to, String message) {
        String text = written(key, from, to);

        assertThatThrownBy(() -> TemplateJson.read(text))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void dropoutIsRefusedByName() {
        assertThatThrownBy(() -> SHARDED.withArchitecture(SHARDED.architecture()
                        .withHiddenLayers(SHARDED.architecture().hiddenLayers().withDropout(0.5))))
                .hasMessageContaining("architecture.hidden-layers.dropout is 0.5")
                .hasMessageContaining("training.sharding.strategy data-parallel");
    }
}
