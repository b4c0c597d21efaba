package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.ingest.ContractConfiguration.Breach;
import dev.smt.jobs.ingest.ContractConfiguration.TableRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds the rows to the data contract: bad ones are counted, kept aside up to a limit, and left out, or end the step. Rows are
 * read once more for the rows' rules, and once for the table's, and not at all where there are none.
 */
final class DataContract {
    /** Bad rows that are kept. */
    static final int MOST_KEPT = 1_000;

    private static final int LONGEST = 4_000;
    private static final String BROKEN = "__broken";
    private static final String RECORD = "__record";

    private final InputConfiguration input;
    private final ContractConfiguration contract;
    private final List<DataCheck> checks = new ArrayList<>();
    private final List<QuarantinedRow> quarantined = new ArrayList<>();

    DataContract(InputConfiguration input) {
        this.input = input;
        this.contract = input.contract();
    }

    /** What was found so far. */
    List<DataCheck> checks() {
        return List.copyOf(checks);
    }

    /** Some of the bad rows. */
    List<QuarantinedRow> quarantined() {
        return List.copyOf(quarantined);
    }

    /** The rows that are not bad, with the columns that they have; notes what must end the step. */
    Dataset<Row> keep(Dataset<Row> raw, ConfigProblems problems) {
        Dataset<Row> good = raw;
        Map<String, Column> rules = rules(raw);
        if (!rules.isEmpty()) {
            good = goodRows(raw, rules, problems);
        }
        if (problems.isEmpty() && !contract.table().isEmpty()) {
            checkTable(good, problems);
        }
        return good.drop(SourceReader.CORRUPT);
    }

    /** By name; where bad rows are kept aside, what ends the step otherwise is a rule too. */
    private Map<String, Column> rules(Dataset<Row> raw) {
        Map<String, Column> rules = new LinkedHashMap<>();
        if (contract.keepsBadRowsAside()) {
            if (List.of(raw.columns()).contains(SourceReader.CORRUPT)) {
                rules.put("readable", col(SourceReader.CORRUPT).isNull());
            }
            rules.put("time", expr(input.time()).isNotNull());
            input.labels()
                    .forEach((label, sql) -> rules.put(
                            "label " + label,
                            input.amounts().contains(label)
                                    ? expr("abs(cast((" + sql + ") AS DOUBLE)) < double('Infinity')")
                                    : expr("cast((" + sql + ") AS DOUBLE) IN (0, 1)")));
        }
        contract.rows().forEach((name, sql) -> rules.put(name, expr(sql)));
        return rules;
    }

    private Dataset<Row> goodRows(Dataset<Row> raw, Map<String, Column> rules, ConfigProblems problems) {
        Column[] broken = rules.entrySet().stream()
                .map(rule -> when(not(coalesce(rule.getValue(), lit(false))), lit(rule.getKey())))
                .toArray(Column[]::new);
        Dataset<Row> judged = ExampleColumns.derived(raw, input)
                .where(expr(input.filter()))
                .withColumn(BROKEN, array_compact(array(broken)));
        List<String> names = List.copyOf(rules.keySet());
        Column[] counts = Stream.concat(
                        Stream.of(count_if(size(col(BROKEN)).gt(0))),
                        names.stream().map(name -> count_if(array_contains(col(BROKEN), name))))
                .toArray(Column[]::new);
        Row found = judged.agg(count(lit(1)), counts).head();
        long all = found.getLong(0);
        long bad = found.getLong(1);
        String allowed = String.format(Locale.ROOT, "%s of the rows, all rules together", contract.mostBad());
        boolean held = bad <= contract.mostBad() * all;
        for (int i = 0; i < names.size(); i++) {
            checks.add(new DataCheck(DataCheck.ROW, names.get(i), DataCheck.ALL, found.getLong(2 + i), allowed, held));
        }
        if (bad == 0) {
            return raw;
        }
        keepAside(judged, raw.columns());
        if (!held) {
            problems.add(refusal(bad, all, names, found));
        }
        return judged.where(size(col(BROKEN)).equalTo(0)).select(columns(raw.columns()));
    }

    private void keepAside(Dataset<Row> judged, String[] columns) {
        judged.where(size(col(BROKEN)).gt(0))
                .select(
                        concat_ws(", ", col(BROKEN)).as(BROKEN),
                        substring(to_json(struct(columns(columns))), 1, LONGEST).as(RECORD))
                .limit(MOST_KEPT)
                .collectAsList()
                .forEach(row -> quarantined.add(new QuarantinedRow(row.getString(0), row.getString(1))));
    }

    private static Column[] columns(String[] names) {
        return Stream.of(names).map(name -> col(Keys.quoted(name))).toArray(Column[]::new);
    }

    private String refusal(long bad, long all, List<String> names, Row found) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "input.contract: %,d of %,d rows are bad (%.3f %%); allowed: at most %s %% (max-bad-share)",
                bad,
                all,
                100.0 * bad / all,
                100 * contract.mostBad()));
        for (int i = 0; i < names.size(); i++) {
            if (found.getLong(2 + i) > 0) {
                String name = names.get(i);
                text.append(String.format(Locale.ROOT, "; %s: %,d", name, found.getLong(2 + i)));
                quarantined.stream()
                        .filter(row -> List.of(row.rules().split(", ")).contains(name))
                        .findFirst()
                        .ifPresent(row -> text.append(", such as ").append(row.record()));
            }
        }
        return text.toString();
    }

    private void checkTable(Dataset<Row> good, ConfigProblems problems) {
        Column[] values = contract.table().stream()
                .map(rule -> expr(rule.sql()).cast("double"))
                .toArray(Column[]::new);
        Row found = ExampleColumns.derived(good, input)
                .where(expr(input.filter()))
                .agg(lit(1), values)
                .head();
        for (int i = 0; i < contract.table().size(); i++) {
            TableRule rule = contract.table().get(i);
            double value = found.isNullAt(1 + i) ? Double.NaN : found.getDouble(1 + i);
            boolean held = value >= rule.min() && value <= rule.max();
            String allowed = allowed(rule);
            checks.add(new DataCheck(DataCheck.TABLE, rule.name(), DataCheck.ALL, value, allowed, held));
            if (!held && rule.breach() == Breach.STOP) {
                problems.add("input.contract.table." + rule.name() + ": " + rule.sql() + " is " + value + "; allowed: "
                        + allowed);
            }
        }
    }

    private static String allowed(TableRule rule) {
        if (Double.isInfinite(rule.min())) {
            return "at most " + rule.max();
        }
        return Double.isInfinite(rule.max()) ? "at least " + rule.min() : rule.min() + " to " + rule.max();
    }
}
