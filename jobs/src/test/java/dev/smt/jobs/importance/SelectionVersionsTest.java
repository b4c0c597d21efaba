package dev.smt.jobs.importance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.feature.FeatureType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionVersionsTest {

    @Test
    void saysWhatEntersAndLeavesByType() {
        assertThat(SelectionVersions.changes(
                        "importance-1",
                        Map.of(FeatureType.NUMERIC, List.of("age", "price"), FeatureType.ID, List.of("ad")),
                        Map.of(
                                FeatureType.NUMERIC,
                                List.of("price", "age"),
                                FeatureType.ID,
                                List.of("city", "shop"),
                                FeatureType.EVENT,
                                List.of("seen"))))
                .containsExactly(
                        "against the selection of run importance-1, id: city, shop enter; ad leaves",
                        "against the selection of run importance-1, event: seen enters");
    }

    @Test
    void longListsAreCutShort() {
        List<String> many = IntStream.range(0, 12).mapToObj(i -> "f" + i).toList();
        assertThat(SelectionVersions.changes("r", Map.of(), Map.of(FeatureType.ID, many)))
                .containsExactly("against the selection of run r, id: f0, f1, f2, f3, f4, f5, f6, f7 and 4 more enter");
    }
}
