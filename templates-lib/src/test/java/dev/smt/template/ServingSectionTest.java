package dev.smt.template;

import static dev.smt.template.Examples.DECOUPLED;
import static dev.smt.template.Examples.SPARSE;
import static dev.smt.template.Examples.inputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.nn.embedding.EmbeddingFormat;
import dev.smt.training.ModelSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingSectionTest {
    private static final Template SERVED = TemplateFields.withAll(
            DECOUPLED,
            Map.of(
                    "serving.embedding-format",
                    "int8",
                    "serving.pruned-share",
                    0.25,
                    "serving.cached-item-tower",
                    true));

    @Test
    void aTemplateThatServesWhatItTrainedIsWrittenAsBefore() {
        assertThat(TemplateJson.write(SPARSE))
                .contains("\"format-version\":1", "\"serving\":{\"capacity-tolerance\":0.02}");
    }

    @Test
    void howItIsServedIsWrittenAndReadAgain() {
        String json = TemplateJson.write(SERVED);
        assertThat(json)
                .contains("\"format-version\":2")
                .contains("\"serving\":{\"capacity-tolerance\":0.02,\"embedding-format\":\"int8\","
                        + "\"pruned-share\":0.25,\"cached-item-tower\":true}");
        assertThat(TemplateJson.read(json)).isEqualTo(SERVED);
        assertThat(SERVED.serving().embeddingFormat()).isEqualTo(EmbeddingFormat.INT8);
    }

    @Test
    void wrongValuesAreToldAllAtOnce() {
        assertThatThrownBy(() -> TemplateFields.withAll(
                        SPARSE, Map.of("serving.embedding-format", "int4", "serving.cached-item-tower", "yes")))
                .hasMessageContaining("serving.embedding-format is \"int4\"; expected one of fp32, fp16, int8")
                .hasMessageContaining("serving.cached-item-tower is \"yes\"; expected true or false");
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "serving.pruned-share", 1.0))
                .hasMessageContaining("pruned share is 1.0; allowed: 0 to below 1");
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "serving.cached-item-tower", true))
                .hasMessageContaining("serving.cached-item-tower is true, but architecture.paradigm is sparse-nn");
    }

    @Test
    void servingAndTrainingAreHashedApart() {
        ModelSpecification model = Instantiation.of(DECOUPLED, inputs());
        ModelSpecification served = Instantiation.of(SERVED, inputs());
        assertThat(served.hash()).isEqualTo(model.hash());
        assertThat(served.servingHash()).isNotEqualTo(model.servingHash());
        Template longer = TemplateFields.with(DECOUPLED, "training.epochs", 3);
        ModelSpecification retrained = Instantiation.of(longer, inputs());
        assertThat(retrained.hash()).isNotEqualTo(model.hash());
        assertThat(retrained.servingHash()).isEqualTo(model.servingHash());
    }

    @Test
    void everyServingFieldChangesTheServingHashAndNeverTheTrainingHash() {
        ModelSpecification model = Instantiation.of(DECOUPLED, inputs());
        Map<String, Object> settings = Map.of(
                "serving.capacity-tolerance",
                0.5,
                "serving.embedding-format",
                "fp16",
                "serving.pruned-share",
                0.1,
                "serving.cached-item-tower",
                true);
        assertThat(TemplateFields.paths(DECOUPLED).stream().filter(path -> path.startsWith("serving.")))
                .containsExactlyInAnyOrderElementsOf(settings.keySet());
        settings.forEach((path, value) -> {
            ModelSpecification changed = Instantiation.of(TemplateFields.with(DECOUPLED, path, value), inputs());
            assertThat(changed.servingHash()).as(path).isNotEqualTo(model.servingHash());
            assertThat(changed.hash()).as(path).isEqualTo(model.hash());
        });
    }

    @Test
    void aSpecificationIsReadAsItWasWritten() {
        for (Template template : new Template[] {SPARSE, SERVED}) {
            ModelSpecification specification = Instantiation.of(template, inputs());
            assertThat(SpecificationJson.read(SpecificationJson.write(specification)))
                    .isEqualTo(specification);
        }
    }

    @Test
    void aSpecificationOfBeforeTheLaterFieldsIsReadWithTheirDefaults() {
        ModelSpecification specification = Instantiation.of(SPARSE, inputs());
        ObjectNode json = SpecificationJson.write(specification);
        ((ObjectNode) json.get("serving")).remove("embedding-format");
        ((ObjectNode) json.get("training")).remove("optimizer");
        ((ObjectNode) json.get("architecture")).remove("experts");
        assertThat(SpecificationJson.read(json)).isEqualTo(specification);
    }

    @Test
    void aSpecificationThatIsNotThatOfItsHashIsRefused() {
        ObjectNode json = SpecificationJson.write(Instantiation.of(SPARSE, inputs()));
        ((ObjectNode) json.get("training")).put("epochs", 7);
        assertThatThrownBy(() -> SpecificationJson.read(json)).hasMessageContaining("hash is ");
        ObjectNode unknown = SpecificationJson.write(Instantiation.of(SPARSE, inputs()));
        unknown.put("device", "gpu");
        unknown.remove("pooling");
        assertThatThrownBy(() -> SpecificationJson.read(unknown))
                .hasMessageContaining("device is unknown")
                .hasMessageContaining("pooling is missing");
    }
}
