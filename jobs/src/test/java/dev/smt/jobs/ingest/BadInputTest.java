package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bad input has its message, and leaves nothing behind. */
class BadInputTest {
    @TempDir
    Path folder;

    private Tiny tiny;

    @BeforeEach
    void world() {
        tiny = new Tiny(folder);
    }

    @Test
    void aMissingFile() {
        assertThat(problems("input.logs = [{path = ${data}\"/no.csv\", format = csv}]"
                        + "\ninput.joins = [{path = ${data}\"/neither.json\", format = json, on = [user]}]"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("input.logs[0].path is \"")
                                .contains("no.csv")
                                .contains("nothing is there"),
                        line -> assertThat(line)
                                .startsWith("input.joins[0].path is \"")
                                .contains("neither.json"));
    }

    @Test
    void allMissingColumnsAtOnce() {
        assertThat(
                        problems(
                                """
                        input.time = when
                        input.labels {liked = "likes > hearts"}
                        input.features.colour = {type = id, side = item}
                        input.filter = "country = 'FR'"
                        pipelines.list = [{name = all, filter = "shop = 1"}]
                        fleet.grid.attributes.flops = "size * 2"
                        """))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .contains("input.time is \"when\"")
                                .contains("no column when"),
                        line -> assertThat(line).contains("input.labels.liked").contains("no column hearts, likes"),
                        line -> assertThat(line)
                                .contains("input.features.colour")
                                .contains("no column colour"),
                        line -> assertThat(line).contains("input.filter").contains("no column country"),
                        line -> assertThat(line)
                                .contains("pipelines.list[0].filter")
                                .contains("no column shop"),
                        line -> assertThat(line)
                                .contains("fleet.grid.attributes.flops")
                                .contains("no column size; there are label, pipeline, rows, positives"));
    }

    @Test
    void wrongTypes() {
        assertThat(
                        problems(
                                """
                        input.time = user
                        input.filter = "t + 1"
                        input.labels.clicked = user
                        input.features.price.sql = item
                        input.features.user.sql = history
                        input.features.history.sql = item
                        """))
                .containsExactlyInAnyOrder(
                        "input.time is \"user\", of type STRING; allowed: a timestamp, a date, or a whole number of"
                                + " milliseconds since the epoch",
                        "input.filter is \"t + 1\", of type INT; allowed: a condition (BOOLEAN)",
                        "input.labels.clicked is \"user\", of type STRING; allowed: a number that is 0 or 1, or a"
                                + " condition",
                        "input.features.price is \"item\", of type STRING; allowed: a number",
                        "input.features.user is \"history\", of type ARRAY<STRING>; allowed: a single value, such as a"
                                + " whole number or a text",
                        "input.features.history is \"item\", of type STRING; allowed: an array of single values");
    }

    @Test
    void aLabelThatIsNeither0Nor1() {
        assertThat(problems("input.labels.clicked = \"clicked * 2\""))
                .containsExactly("input.labels.clicked is \"clicked * 2\": 4 rows have another value, such as 2.0;"
                        + " allowed: 0 or 1");
        assertThat(problems("input.labels.clicked = \"if(price is null, null, clicked)\"\ninput.features.price = null"))
                .containsExactly("input.labels.clicked is \"if(price is null, null, clicked)\": 2 rows have another"
                        + " value, such as null; allowed: 0 or 1");
    }

    @Test
    void aLabelWithOneClass() {
        assertThat(problems("input.labels.clicked = \"clicked >= 0\""))
                .containsExactly("input.labels.clicked has one class only: 8 of 8 rows are 1; allowed: both 0 and 1");
        assertThat(problems("input.labels.clicked = \"t > 1000\"\ninput.known-at-serving = [t]"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("fleet: model clicked.all: label clicked has one class only in the training rows"
                                + " of pipeline all: 0 of 4 are 1"));
    }

    @Test
    void anEmptySplit() {
        assertThat(problems("input.split.test-from = \"1970-01-02\""))
                .containsExactly("input.split: split test is empty; move the bounds into the time of the rows");
    }

    @Test
    void noRowsLeft() {
        assertThat(problems("input.filter = \"price > 100\""))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("no rows are left").contains("price > 100"));
    }

    @Test
    void aFilterThatIsNotSql() {
        assertThat(problems("input.filter = \"price > > 3\"\ninput.derived.twice = \"price * *\""))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("input.filter is \"price > > 3\", not a valid SQL expression here:"),
                        line -> assertThat(line).startsWith("input.derived.twice is \"price * *\", not a valid SQL"));
        assertThat(problems("input.filter = \"price > no_such_function(3)\""))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("no_such_function"));
    }

    @Test
    void unknownKeysAndWrongValuesOfTheConfiguration() {
        assertThat(
                        problems(
                                """
                        input.tiem = t
                        input.features.user.max-length = 3
                        input.features.item.min-count = 0
                        input.features.price.side = shop
                        input.logs = [{path = x, format = orc}]
                        input.split.test-from = yesterday
                        fleet.grid.labels = [liked]
                        fleet.constraints.full.exclude-features = [colour]
                        """))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("unknown key input.tiem"),
                        line -> assertThat(line).startsWith("unknown key input.features.user.max-length"),
                        line -> assertThat(line).startsWith("input.features.item.min-count is 0"),
                        line -> assertThat(line).startsWith("input.features.price.side is \"shop\"; allowed: user"),
                        line -> assertThat(line).startsWith("input.logs[0].format is \"orc\"; allowed: parquet, csv"),
                        line -> assertThat(line).startsWith("input.split.test-from is \"yesterday\""),
                        line -> assertThat(line).startsWith("fleet.grid.labels is \"liked\""),
                        line -> assertThat(line).startsWith("fleet.constraints.full.exclude-features is \"colour\""));
    }

    @Test
    void aJoinWithRepeatedKeys() {
        tiny.text("histories.json", Tiny.HISTORIES + "{\"user\":\"a\",\"history\":[]}\n");

        assertThat(problems("")).singleElement().satisfies(line -> assertThat(line)
                .startsWith("input.joins[0].on = [user], ")
                .contains("more than one row for some keys")
                .contains("(a, 2 rows)"));
    }

    @Test
    void aJoinThatDoesNotFit() {
        tiny.text("side.csv", "user,item,age\n1,x,30\n");

        assertThat(problems("input.joins = [{path = ${data}\"/side.csv\", format = csv, on = [user]}]"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("column item is in the logs already"),
                        line -> assertThat(line).contains("key user is STRING in the logs, INT in the table"));
        assertThat(
                        problems(
                                "input.joins = [{path = ${data}\"/side.csv\", format = csv, on = [customer], columns = [sex]}]"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("no column customer; there are user, item, age"),
                        line -> assertThat(line).contains("no column sex"),
                        line -> assertThat(line).contains("the logs have no column customer"));
    }

    @Test
    void aWrongFormat() {
        TestSpark.session().range(3).write().parquet(folder.resolve("p").toString());
        TestSpark.session()
                .range(3)
                .write()
                .format("delta")
                .save(folder.resolve("d").toString());
        Path part = partFile(folder.resolve("p"));
        tiny.text("broken.json", "this is not json\n");

        assertThat(problems("input.logs = [{path = ${data}\"/logs.csv.gz\", format = parquet}]"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("it can't be read as parquet"));
        assertThat(problems("input.logs = [{path = \"" + part + "\", format = csv}]"))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("it can't be read as csv: it is parquet"));
        assertThat(problems("input.logs = [{path = ${data}\"/d\", format = parquet}]"))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("it can't be read as parquet: it is delta"));
        assertThat(problems("input.logs = [{path = ${data}\"/p\", format = delta}]"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("it can't be read as delta"));
        assertThat(problems("input.logs = [{path = ${data}\"/broken.json\", format = json}]"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("it can't be read as json"));
    }

    @Test
    void aBrokenRecordFoundOnlyWhenRowsAreRead() {
        assertThat(problems("input.logs = [{path = ${data}\"/logs.csv.gz\", format = csv, schema ="
                        + " \"user INT, item STRING, t BIGINT, price DOUBLE, clicked INT\"}]\ninput.joins = []"
                        + "\ninput.features.history = null"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("while reading file")
                        .contains("logs.csv.gz")
                        .contains("Malformed records are detected"));
        assertThat(problems("input.features.price.sql = \"1 / (t - 400)\""))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("input: Division by zero"));
    }

    @Test
    void logsWithDifferentColumns() {
        tiny.text("more.csv", "user,item,t,cost,clicked\na,x,1,2,0\n");

        assertThat(problems("input.logs = [{path = ${data}\"/logs.csv.gz\", format = csv},"
                        + " {path = ${data}\"/more.csv\", format = csv}]"))
                .containsExactly("input.logs[1].path has other columns than the first of the logs: missing [price],"
                        + " more [cost]");
    }

    @Test
    void anExpressionThatCallsJava() {
        assertThat(
                        problems(
                                """
                        input.features {
                          home = {type = id, side = user, sql = "Reflect('java.lang.System', 'getenv', 'HOME')"}
                        }
                        """))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("functions that call Java are not allowed: java_method"));
    }

    @Test
    void featuresThatWereNotKnownAtServingTime() {
        assertThat(
                        problems(
                                """
                        input.derived {rounded = "round(price)", again = "clicked + 1"}
                        input.known-after-serving = [price]
                        input.features {
                          cost = {type = numeric, side = item, sql = rounded}
                          answer = {type = id, side = user, sql = again}
                          all = {type = id, side = user, sql = "xxhash64(*)"}
                        }
                        """))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("* and subqueries are not allowed"));
        assertThat(
                        problems(
                                """
                        input.derived {rounded = "round(PRICE)", again = "clicked + 1"}
                        input.known-after-serving = [price]
                        input.features {
                          cost = {type = numeric, side = item, sql = rounded}
                          answer = {type = id, side = user, sql = again}
                        }
                        """))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("input.features.price reads column price, but it is known only after"),
                        line -> assertThat(line)
                                .startsWith("input.features.cost reads column price, but it is known only after"),
                        line -> assertThat(line)
                                .startsWith(
                                        "input.features.answer reads column clicked, but label clicked is made of"));
    }

    @Test
    void rowsWithoutATime() {
        assertThat(problems("input.time = \"if(user = 'c', null, t)\""))
                .containsExactly("input.time is \"if(user = 'c', null, t)\": 1 rows have no time; filter them out");
    }

    @Test
    void aRunThatIsRefusedLeavesTheOldVersionInPlace() {
        PipelineManifest before = tiny.ingest("").pipelines().get(0);

        assertThat(catchThrowableOfType(
                        InvalidInputException.class, () -> tiny.ingest("input.labels.clicked = \"clicked * 2\"")))
                .isNotNull();

        assertThat(tiny.store().manifests()).containsExactly(before);
        assertThat(folder.resolve("warehouse/encoded").toFile().list()).containsExactly("all");
        assertThat(tiny.store().read(before, Split.TRAIN).rows()).isEqualTo(4);
    }

    @Test
    void aWarehouseThatCannotBeWritten() {
        String warehouse = tiny.path("logs.csv.gz") + "/warehouse";

        assertThat(catchThrowableOfType(InvalidInputException.class, () -> new IngestJob(TestSpark.session())
                        .run(Tiny.read(tiny.config("")), warehouse)))
                .hasMessageStartingWith("warehouse is \"" + warehouse + "\"; allowed: a folder that can be written");
    }

    @Test
    void aTableOfModelsIsCheckedTogetherWithTheRest() {
        assertThat(problems("fleet.grid = null\nfleet.table = {path = ${data}\"/models.csv\", format = csv}"
                        + "\ninput.filter = \"country = 1\""))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("fleet.table.path is \"")
                                .contains("nothing is there"),
                        line -> assertThat(line).contains("no column country"));
    }

    private List<String> problems(String changes) {
        InvalidInputException wrong = catchThrowableOfType(InvalidInputException.class, () -> tiny.ingest(changes));
        assertThat(wrong).as("refused").isNotNull();
        assertThat(Files.exists(Path.of(tiny.warehouse())))
                .as("nothing is written")
                .isFalse();
        return wrong.problems();
    }

    private static Path partFile(Path folder) {
        return java.util.Arrays.stream(folder.toFile().listFiles((dir, name) -> name.endsWith(".parquet")))
                .findFirst()
                .orElseThrow()
                .toPath();
    }
}
