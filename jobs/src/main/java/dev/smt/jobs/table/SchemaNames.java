package dev.smt.jobs.table;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.trees.TreeNode;

/**
 * Names with a schema before them, such as {@code default.trials}: tools write them for the schema that they were shown.
 * The tables of a warehouse are in no schema of Spark's.
 */
public final class SchemaNames {
    private SchemaNames() {}

    /**
     * The query with the schema taken away before tables and before columns of tables. A query that is not valid comes back
     * as it is. This permits nothing: what comes out is for {@link ReadOnlyQuery} to check.
     */
    public static String without(String schema, String query, SparkSession spark) {
        NavigableSet<Integer> places = new TreeSet<>();
        try {
            QueryNodes nodes = QueryNodes.of(ReadOnlyQuery.parsed(query, spark));
            nodes.plans().stream().filter(SchemaNames::mayHaveSchema).forEach(node -> addPlace(node, places));
            nodes.expressions().stream().filter(SchemaNames::mayHaveSchema).forEach(node -> addPlace(node, places));
        } catch (ParseException notValid) {
            return query;
        }
        Pattern before = Pattern.compile("(`?)" + Pattern.quote(schema) + "\\1\\s*\\.\\s*", Pattern.CASE_INSENSITIVE);
        StringBuilder text = new StringBuilder(query);
        for (int place : places.descendingSet()) {
            int start = query.offsetByCodePoints(0, place);
            Matcher found = before.matcher(query).region(start, query.length());
            if (found.lookingAt()) {
                text.delete(start, found.end());
            }
        }
        return text.toString();
    }

    private static boolean mayHaveSchema(TreeNode<?> node) {
        return node instanceof UnresolvedRelation table
                        && table.multipartIdentifier().size() == 2
                || node instanceof UnresolvedAttribute column
                        && column.nameParts().size() > 2
                || node instanceof UnresolvedStar star
                        && star.target().isDefined()
                        && star.target().get().size() == 2;
    }

    /** Where a node begins, in characters as the parser counts them: code points. */
    private static void addPlace(TreeNode<?> node, NavigableSet<Integer> places) {
        if (node.origin().startIndex().isDefined()) {
            places.add((Integer) node.origin().startIndex().get());
        }
    }
}
