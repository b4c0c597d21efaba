package dev.smt.search;

import java.util.OptionalLong;

/**
 * One coordinate of a {@link UnitCube}'s encoding.
 *
 * @param name the parameter's name; for a level {@code parameter=LEVEL}
 * @param parameter the name of the parameter that it belongs to
 * @param kind how it may move
 * @param choices the number of values that the parameter may take; empty for a continuum
 */
public record Coordinate(String name, String parameter, Kind kind, OptionalLong choices) {
    /** How a coordinate may move. */
    public enum Kind {
        /** Anywhere in [0, 1]: may follow a gradient. */
        CONTINUOUS,
        /** Between the places of whole numbers. */
        ORDINAL,
        /** 0 or 1, together with the other levels of its parameter, of which one is 1. */
        LEVEL,
        /** 0 or 1. */
        FLAG
    }

    public boolean continuous() {
        return kind == Kind.CONTINUOUS;
    }

    static Coordinate of(Parameter parameter) {
        return new Coordinate(parameter.name(), parameter.name(), kind(parameter), parameter.size());
    }

    static Coordinate ofLevel(Parameter.Categorical parameter, String level) {
        return new Coordinate(parameter.name() + "=" + level, parameter.name(), Kind.LEVEL, parameter.size());
    }

    private static Kind kind(Parameter parameter) {
        if (parameter instanceof Parameter.Real) {
            return Kind.CONTINUOUS;
        }
        return parameter instanceof Parameter.Whole ? Kind.ORDINAL : Kind.FLAG;
    }
}
