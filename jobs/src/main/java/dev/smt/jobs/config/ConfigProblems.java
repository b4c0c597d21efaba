package dev.smt.jobs.config;

import java.util.ArrayList;
import java.util.List;

/** Collects every problem of a configuration, so that the user sees all of them at once. */
public final class ConfigProblems {
    private final List<String> problems = new ArrayList<>();

    /** Notes a problem: the full key, the value, what is allowed or how to mend it. */
    public void add(String key, Object value, String allowed) {
        problems.add(key + " is " + (value instanceof String ? "\"" + value + "\"" : value) + "; allowed: " + allowed);
    }

    /** Notes a problem that has no single value. */
    public void add(String message) {
        problems.add(message);
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** @throws InvalidInputException with all problems, where there are any */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
