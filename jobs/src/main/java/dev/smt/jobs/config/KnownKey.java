package dev.smt.jobs.config;

import java.util.Optional;

/**
 * A key that the program reads.
 *
 * @param key dotted; {@code []} is any member of a list, {@code <name>} a name of the user's own
 * @param allowed its values, in words
 * @param fallback its value where it is missing; empty where it must be there
 */
public record KnownKey(String key, String allowed, Optional<Object> fallback) {}
