package dev.smt.template;

import java.util.List;

/** A template and inputs that don't make a model: all the problems, each naming the model and what to mend. */
public final class InvalidTemplateInputsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidTemplateInputsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems == null ? List.of(getMessage()) : problems;
    }
}
