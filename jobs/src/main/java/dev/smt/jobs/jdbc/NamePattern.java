package dev.smt.jobs.jdbc;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns of names, as clients write them. Names are the same in capitals and small letters. */
final class NamePattern {
    private NamePattern() {}

    /**
     * JDBC's: {@code %} is any text, {@code _} any character, a backslash before a character means that character.
     *
     * @param pattern null or empty: all names
     */
    static Predicate<String> like(String pattern) {
        if (pattern == null || pattern.isEmpty()) {
            return name -> true;
        }
        StringBuilder regex = new StringBuilder();
        boolean escaped = false;
        for (char one : pattern.toCharArray()) {
            if (!escaped && one == '\\') {
                escaped = true;
                continue;
            }
            if (escaped || one != '%' && one != '_') {
                regex.append(Pattern.quote(String.valueOf(one)));
            } else {
                regex.append(one == '%' ? ".*" : ".");
            }
            escaped = false;
        }
        return whole(regex.toString());
    }

    /** Of SHOW TABLES: {@code *} is any text, {@code |} stands between alternatives. */
    static Predicate<String> glob(String pattern) {
        return whole(Arrays.stream(pattern.split("\\|"))
                .map(one -> Arrays.stream(one.trim().split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("|")));
    }

    private static Predicate<String> whole(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL).asMatchPredicate();
    }
}
