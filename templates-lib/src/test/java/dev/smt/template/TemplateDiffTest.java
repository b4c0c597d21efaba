package dev.smt.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.DataTemplate;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateDiffTest {
    @Test
    void equalTemplatesHaveNoDifference() {
        assertThat(TemplateDiff.between(Examples.SPARSE, Examples.SPARSE)).isEmpty();
    }

    @Test
    void namesEveryChangedFieldWithItsValues() {
        Architecture old = Examples.SPARSE.architecture();
        Template changed = Examples.SPARSE
                .withArchitecture(new Architecture(
                        old.paradigm(),
                        old.embeddingDimension(),
                        old.embeddingBuckets(),
                        List.of(32, 8),
                        List.of(new Interaction.Cross(2, 16), new Interaction.Dot()),
                        old.head()))
                .withData(DataTemplate.PLAIN.withRecencyHalfLife(0.5))
                .withTechniques(List.of("cross-network"));

        List<FieldChange> changes = TemplateDiff.between(Examples.SPARSE, changed);

        assertThat(changes)
                .containsExactly(
                        new FieldChange("architecture.numeric-tower", "[32]", "[32,8]"),
                        new FieldChange("data.recency-half-life", "\"none\"", "0.5"),
                        new FieldChange("techniques", "[]", "[\"cross-network\"]"),
                        new FieldChange("architecture.interactions.cross.layers", FieldChange.ABSENT, "2"),
                        new FieldChange("architecture.interactions.cross.rank", FieldChange.ABSENT, "16"));
        assertThat(changes.get(1)).hasToString("data.recency-half-life: \"none\" -> 0.5");
    }

    @Test
    void theWayBackIsTheOpposite() {
        List<FieldChange> there = TemplateDiff.between(Examples.SPARSE, Examples.DECOUPLED);
        List<FieldChange> back = TemplateDiff.between(Examples.DECOUPLED, Examples.SPARSE);

        assertThat(there)
                .containsExactly(
                        new FieldChange("name", "\"sparse-nn-medium\"", "\"decoupled-sparse-nn-medium\""),
                        new FieldChange("architecture.paradigm", "\"sparse-nn\"", "\"decoupled-sparse-nn\""));
        assertThat(back)
                .containsExactlyElementsOf(there.stream()
                        .map(change -> new FieldChange(change.path(), change.to(), change.from()))
                        .toList());
    }
}
