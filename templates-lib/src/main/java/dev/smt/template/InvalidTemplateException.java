package dev.smt.template;

import java.util.List;

/** A template that can't be read or changed as asked: all its problems, each with the field, its value, what is allowed. */
public final class InvalidTemplateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidTemplateException(List<String> problems) {
        this(problems, null);
    }

    InvalidTemplateException(List<String> problems, Throwable cause) {
        super(String.join("\n", problems), cause);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems == null ? List.of(getMessage()) : problems;
    }
}
