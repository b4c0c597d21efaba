package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.InvalidInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pretrained vectors from the raw logs to encoded examples. */
class VectorFeatureTest {
    private static final String IMAGES =
            """
            {"item":"x","image":[1.5,-2.0]}
            {"item":"y","image":[0.25,4.0]}
            {"item":"z","image":null}
            """;
    private static final String CHANGES =
            """
            input.joins = [
              {path = ${data}"/histories.json", format = json, on = [user]}
              {path = ${data}"/images.json", format = json, on = [item]}
            ]
            input.features.image = {type = embedding, side = item, values = vector, width = 2}
            """;

    @TempDir
    Path folder;

    private Tiny tiny;

    @BeforeEach
    void world() {
        tiny = new Tiny(folder);
        tiny.text("images.json", IMAGES);
    }

    @Test
    void becomeAColumnAsTheyAre() {
        PipelineManifest manifest = tiny.ingest(CHANGES).pipelines().get(0);
        EncodedExamples train = tiny.store().read(manifest, Split.TRAIN);

        Feature image = new Feature("image", FeatureType.EMBEDDING, FeatureSide.ITEM, new VectorColumn(2));
        assertThat(manifest.features()).contains(image);
        assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
        assertThat(train.vectors("image")).containsExactly(1.5f, -2, 0.25f, 4, 1.5f, -2, 1.5f, -2);
        assertThat(tiny.store().read(manifest, Split.VALIDATION).vectors("image"))
                .containsExactly(0, 0, 1.5f, -2);
        assertThat(manifest.missingShares().get("image")).isEqualTo(0.25);
    }

    @Test
    void numbersSayWhatTheyWereMadeOf() {
        PipelineManifest manifest = tiny.ingest("").pipelines().get(0);
        Feature price = manifest.features().stream()
                .filter(feature -> feature.name().equals("price"))
                .findFirst()
                .orElseThrow();
        NumericColumn column = (NumericColumn) price.column();

        assertThat(column.mean()).isEqualTo(3);
        assertThat(column.log1p()).isFalse();
        EncodedExamples train = tiny.store().read(manifest, Split.TRAIN);
        assertThat(train.features()).contains(price);
        assertThat(column.raw(train.numeric("price")[3])).isEqualTo(5, within(1e-6));
    }

    @Test
    void anotherWidthOrNotANumberIsRefusedWithColumnAndRow() {
        tiny.text(
                "images.json",
                """
                {"item":"x","image":[1.5,-2.0,3.0]}
                {"item":"y","image":[0.25,null]}
                """);

        InvalidInputException wrong = catchThrowableOfType(InvalidInputException.class, () -> tiny.ingest(CHANGES));

        assertThat(wrong.problems())
                .singleElement()
                .asString()
                .matches(
                        "input.features.image is \"`?image`?\": 6 rows have another value, such as \\[.*\\] in the row of time"
                                + " [0-9]+ and hash -?[0-9]+; allowed: 2 finite numbers");
        assertThat(catchThrowableOfType(
                                InvalidInputException.class,
                                () -> tiny.ingest(
                                        "input.features.image = {type = embedding, side = item, values = vector, sql = price}"))
                        .problems())
                .anySatisfy(line -> assertThat(line).contains("input.features.image.width is missing"));
    }
}
