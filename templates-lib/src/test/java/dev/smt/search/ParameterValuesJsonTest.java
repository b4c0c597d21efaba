package dev.smt.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParameterValuesJsonTest {
    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("t.rate", 1e-6, 1, true),
            new Parameter.Whole("t.depth", 1, 4, false),
            new Parameter.Categorical("t.kind", List.of("A", "B \"quoted\"")),
            new Parameter.Flag("t.on"));

    @Test
    void writesTheSpacesOrderWhateverTheMaps() {
        ParameterValues theta =
                new ParameterValues(Map.of("t.on", true, "t.kind", "B \"quoted\"", "t.depth", 3L, "t.rate", 1.5e-5));

        assertThat(ParameterValuesJson.write(SPACE, theta))
                .isEqualTo("{\"t.rate\":1.5E-5,\"t.depth\":3,\"t.kind\":\"B \\\"quoted\\\"\",\"t.on\":true}");
        assertThat(ParameterValuesJson.write(SearchSpace.of(), ParameterValues.empty()))
                .isEqualTo("{}");
    }

    @Test
    void readsBackWhatItWroteToTheLastBit() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            SearchSpace space = RandomSpaces.space(random);
            ParameterValues theta = RandomSpaces.point(space, random);

            assertThat(ParameterValuesJson.read(space, ParameterValuesJson.write(space, theta)))
                    .isEqualTo(theta);
        }
    }

    @Test
    void readsAWholeNumberForARealParameter() {
        ParameterValues theta =
                ParameterValuesJson.read(SPACE, "{\"t.on\": false, \"t.rate\": 1, \"t.depth\": 2, \"t.kind\": \"A\"}");

        assertThat(theta.real("t.rate")).isEqualTo(1.0);
    }

    @Test
    void namesAllProblemsOfAText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterValuesJson.read(
                        SPACE, "{\"t.rate\": null, \"t.depth\": 2.5, \"t.kind\": [1], \"t.other\": 1}"))
                .withMessageContainingAll(
                        "t.rate is null", "t.depth is 2.5", "t.kind is [1]", "t.on has no", "t.other");
    }

    @Test
    void refusesWhatIsNoJsonObject() {
        for (String text : List.of("", "[]", "{", "{} {}", "{\"t.on\":true,\"t.on\":false}")) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> ParameterValuesJson.read(SPACE, text))
                    .withMessageStartingWith("theta is not");
        }
    }
}
