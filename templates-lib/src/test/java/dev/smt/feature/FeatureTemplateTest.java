package dev.smt.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.feature.FeatureTemplate.SequencePooling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureTemplateTest {
    @Test
    void aNewSelectionKeepsWhatTechniquesHaveAdded() {
        FeatureTemplate before = new FeatureTemplate(
                Map.of(FeatureType.ID, 5), "old", 20, SequencePooling.SELF_ATTENTION, List.of(), 3, 5000);

        FeatureTemplate after = before.withSelection(Map.of(FeatureType.ID, 7), "new");

        assertThat(after.topK().get(FeatureType.ID)).isEqualTo(7);
        assertThat(after.selection()).isEqualTo("new");
        assertThat(after.withSelection(before.topK(), "old")).isEqualTo(before);
    }
}
