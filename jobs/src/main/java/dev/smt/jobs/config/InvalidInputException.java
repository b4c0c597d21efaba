package dev.smt.jobs.config;

import java.util.List;

/** The user's input is wrong: all its problems, each with what, where, the value, what is allowed. Exit code 2. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidInputException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public InvalidInputException(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems == null ? List.of(getMessage()) : problems;
    }
}
