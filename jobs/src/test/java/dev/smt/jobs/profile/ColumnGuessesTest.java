package dev.smt.jobs.profile;

import static dev.smt.jobs.profile.Profiles.binary;
import static dev.smt.jobs.profile.Profiles.filled;
import static dev.smt.jobs.profile.Profiles.list;
import static dev.smt.jobs.profile.Profiles.real;
import static dev.smt.jobs.profile.Profiles.text;
import static dev.smt.jobs.profile.Profiles.texts;
import static dev.smt.jobs.profile.Profiles.timeText;
import static dev.smt.jobs.profile.Profiles.timestamp;
import static dev.smt.jobs.profile.Profiles.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.config.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What columns are taken for, by their values first and by their names where values leave it open. */
class ColumnGuessesTest {
    private static final ColumnProfile TIME = timestamp("ts", 9_900);
    private static final ColumnProfile TAPPED = binary("tapped", 0.1);

    @Test
    void aLogOfUnknownNames() {
        Guesses guesses = ColumnGuesses.of(
                Profiles.of(
                        TIME,
                        text("visitor", 2_000),
                        texts("banner", "top", "side", "footer", "story"),
                        texts("country", "de", "fr"),
                        texts("device", "ios", "web"),
                        real("price", 0.5, 900, 20),
                        binary("bought", 0.03),
                        TAPPED,
                        filled(real("basket_value", 0, 900, 1), "bought", 0.99, 0)),
                Hints.NONE);
        assertThat(roles(guesses))
                .isEqualTo(Map.of(
                        "ts", Role.TIME,
                        "visitor", Role.ID,
                        "banner", Role.SPLIT,
                        "country", Role.ID,
                        "device", Role.ID,
                        "price", Role.NUMERIC,
                        "bought", Role.LABEL,
                        "tapped", Role.LABEL,
                        "basket_value", Role.OUTCOME));
        assertThat(guesses.unit()).map(ColumnProfile::name).contains("visitor");
        assertThat(guesses.models()).as("2 labels x 4 banners").isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1700000000 | 1700900000 | cast(event_ts * 1000D as bigint)",
                "1700000000000 | 1700900000000 | cast(event_ts as bigint)",
                "1700000000000000 | 1700900000000000 | cast(event_ts / 1000 as bigint)",
                "20260101 | 20260131 | to_date(cast(event_ts as string), 'yyyyMMdd')",
            })
    void numbersThatAreTimes(double least, double most, String sql) {
        ColumnProfile time = whole("event_ts", 31, least, most, (least + most) / 2);
        assertThat(ColumnGuesses.of(Profiles.of(time, TAPPED, text("ad", 50)), Hints.NONE)
                        .time()
                        .sql())
                .isEqualTo(sql);
    }

    @Test
    void theTimeOfTheRowIsNotTheUsersNorTheDayWhereThereIsATime() {
        Guesses guesses = ColumnGuesses.of(
                Profiles.of(
                        timestamp("user_registered_at", 9_999),
                        Profiles.column("day", "DATE", ColumnKind.DATE, 30),
                        timeText("shown_at"),
                        TAPPED,
                        text("ad", 50)),
                Hints.NONE);
        assertThat(guesses.time().sql()).isEqualTo("try_to_timestamp(shown_at)");
        assertThat(roles(guesses))
                .containsEntry("day", Role.LEFT_OUT)
                .containsEntry("user_registered_at", Role.LEFT_OUT);
    }

    @Test
    void zeroAndOneIsALabelOnlyWhereTheNameSaysAnOutcome() {
        Guesses guesses = ColumnGuesses.of(
                Profiles.of(TIME, TAPPED, binary("is_mobile", 0.4), binary("isClick", 0.2), text("ad", 50)),
                Hints.NONE);
        assertThat(guesses.of(Role.LABEL))
                .extracting(label -> label.column().name())
                .containsExactly("tapped", "isClick");
        assertThat(roles(guesses)).containsEntry("is_mobile", Role.ID);
        assertThat(guesses.checks()).anyMatch(check -> check.contains("are features now: is_mobile"));
    }

    @Test
    void labelsInWordsBecomeConditions() {
        Guesses guesses =
                ColumnGuesses.of(Profiles.of(TIME, texts("converted", "no", "Yes"), text("ad", 50)), Hints.NONE);
        assertThat(guesses.of(Role.LABEL).get(0).sql()).isEqualTo("converted = 'Yes'");
    }

    @Test
    void aLabelThatIsTooRareIsRefusedWithItsRate() {
        assertThatThrownBy(() -> ColumnGuesses.of(Profiles.of(TIME, binary("bought", 0.001)), Hints.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no label has 100 rows of each class")
                .hasMessageContaining("bought (0.100 % are 1) of 40000 rows");
    }

    @Test
    void featuresByTheirValues() {
        Guesses guesses = ColumnGuesses.of(
                Profiles.of(
                        TIME,
                        TAPPED,
                        whole("ad_id", 3_000, 1, 3_000, 1_500),
                        whole("age", 60, 18, 80, 40),
                        whole("level", 5, 1, 5, 3),
                        whole("clicks_before", 400, 0, 9_000, 30),
                        whole("hashed", 3_000, 1, 4e9, 2e9),
                        text("request", 9_900),
                        text("constant", 1),
                        list("recent", ColumnKind.TEXT, "split(%s, '[|]')", 4, 1, 9),
                        list("vector", ColumnKind.VECTOR, "%s", 16, 16, 16),
                        list("ragged", ColumnKind.VECTOR, "%s", 5, 1, 16),
                        Profiles.column("nested", "STRUCT<a: INT>", ColumnKind.OTHER, 0)),
                Hints.NONE);
        assertThat(roles(guesses))
                .containsEntry("ad_id", Role.ID)
                .containsEntry("age", Role.NUMERIC)
                .containsEntry("level", Role.ID)
                .containsEntry("clicks_before", Role.NUMERIC)
                .containsEntry("hashed", Role.ID)
                .containsEntry("request", Role.LEFT_OUT)
                .containsEntry("constant", Role.LEFT_OUT)
                .containsEntry("recent", Role.SEQUENCE)
                .containsEntry("vector", Role.VECTOR)
                .containsEntry("ragged", Role.LEFT_OUT)
                .containsEntry("nested", Role.LEFT_OUT);
        assertThat(guess(guesses, "clicks_before").settings()).containsEntry("transform", "log1p");
        assertThat(guess(guesses, "age").settings()).isEmpty();
        assertThat(guess(guesses, "ad_id").settings()).containsEntry("min-count", "2");
        assertThat(guess(guesses, "recent").sql()).isEqualTo("split(recent, '[|]')");
        assertThat(guess(guesses, "vector").settings()).containsEntry("width", "16");
    }

    @Test
    void aSecondColumnSplitsTheFleetWhereOneMakesFewModels() {
        DataProfile data = Profiles.of(
                TIME, TAPPED, texts("placement", "a", "b"), texts("country", "x", "y", "z"), text("user", 900));
        Guesses guesses = ColumnGuesses.of(data, Hints.NONE);
        assertThat(guesses.of(Role.SPLIT))
                .extracting(split -> split.column().name())
                .containsExactly("placement", "country");
        assertThat(guesses.models())
                .as("40,000 rows of 10 %: 6 cells of 666 positives")
                .isEqualTo(6);
        Guesses said =
                ColumnGuesses.of(data, new Hints(Optional.empty(), List.of(), Optional.empty(), List.of("country")));
        assertThat(said.of(Role.SPLIT))
                .extracting(split -> split.column().name())
                .containsExactly("country");
    }

    @Test
    void aSplitIntoModelsOfTooFewRowsIsNotMade() {
        ColumnProfile[] columns = {TIME, binary("tapped", 0.003), texts("placement", "a", "b"), text("user", 900)};
        assertThat(ColumnGuesses.of(Profiles.of(columns), Hints.NONE).of(Role.SPLIT))
                .as("120 positives in all, 60 each")
                .isEmpty();
    }

    @Test
    void allThatCannotBeFoundIsSaidAtOnceWithTheWayToSayIt() {
        assertThatThrownBy(() -> ColumnGuesses.of(
                        Profiles.of(text("a", 9), binary("flag_1", 0.2), binary("flag_2", 0.3)), Hints.NONE))
                .isInstanceOfSatisfying(InvalidInputException.class, refused -> assertThat(refused.problems())
                        .satisfiesExactly(
                                time -> assertThat(time).contains("--time COLUMN. There are: a, flag_1, flag_2"),
                                label -> assertThat(label)
                                        .contains("--label", "flag_1 (20.0 % are 1), flag_2 (30.0 % are 1)")));
    }

    @Test
    void hintsThatDoNotFitAreRefused() {
        Hints hints = new Hints(Optional.of("user"), List.of("ad"), Optional.of("nobody"), List.of());
        assertThatThrownBy(() -> ColumnGuesses.of(Profiles.of(TIME, TAPPED, text("ad", 50), text("user", 900)), hints))
                .isInstanceOfSatisfying(InvalidInputException.class, refused -> assertThat(refused.problems())
                        .satisfiesExactlyInAnyOrder(
                                time -> assertThat(time)
                                        .startsWith("--time is \"user\"; allowed: a column of timestamps"),
                                label ->
                                        assertThat(label).startsWith("--label is \"ad\"; allowed: a column of 0 and 1"),
                                unit -> assertThat(unit)
                                        .isEqualTo("--unit is \"nobody\"; allowed: a column: ts, tapped, ad, user")));
    }

    private static ColumnGuess guess(Guesses guesses, String name) {
        return guesses.columns().stream()
                .filter(guess -> guess.column().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Role> roles(Guesses guesses) {
        return guesses.columns().stream()
                .collect(Collectors.toMap(guess -> guess.column().name(), ColumnGuess::role));
    }
}
