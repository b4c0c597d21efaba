package dev.smt.feature;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name with arguments, {@code clip(value, 0, 100)}: how templates declare transforms of features and labels.
 *
 * @param name what is to be done
 * @param arguments column names and numbers, without surrounding blanks
 */
public record Declaration(String name, List<String> arguments) {
    private static final Pattern TEXT = Pattern.compile("\\s*([a-z][a-z0-9-]*)\\s*\\(([^()]*)\\)\\s*");

    public Declaration {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException where it is not a name with arguments in parentheses
     */
    public static Declaration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "declaration is \"" + text + "\"; allowed: name(argument, ...), such as clip(value, 0, 100)");
        }
        List<String> arguments = Arrays.stream(matcher.group(2).split(",", -1))
                .map(String::strip)
                .toList();
        if (arguments.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("declaration \"" + text + "\" has an empty argument");
        }
        return new Declaration(matcher.group(1), arguments);
    }

    /** The canonical text: one blank after each comma, numbers as the shortest decimals without exponent. */
    public static String text(String name, Object... arguments) {
        return Arrays.stream(arguments).map(Declaration::argument).collect(Collectors.joining(", ", name + "(", ")"));
    }

    /** An argument as a number. */
    public double number(int index) {
        try {
            return Double.parseDouble(arguments.get(index));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "argument " + (index + 1) + " of " + this + " is no number: " + arguments.get(index), e);
        }
    }

    /** An argument as a whole number. */
    public int whole(int index) {
        try {
            return Integer.parseInt(arguments.get(index));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "argument " + (index + 1) + " of " + this + " is no whole number: " + arguments.get(index), e);
        }
    }

    @Override
    public String toString() {
        return text(name, arguments.toArray());
    }

    private static String argument(Object argument) {
        return argument instanceof Double number
                ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
                : String.valueOf(argument);
    }
}
