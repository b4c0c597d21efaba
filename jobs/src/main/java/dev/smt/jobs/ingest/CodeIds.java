package dev.smt.jobs.ingest;

import java.io.IOException;
import java.util.List;

/** The ids of codes, those of one spilled range of codes at a time, and those of the last range, which are held. */
final class CodeIds {
    private final List<Range> spilled;
    private Held held;
    private final Held last;

    /** Codes from one on, and where their ids are. */
    record Range(int firstCode, Spill.Place ids) {}

    private record Held(int firstCode, int[] ids) {
        boolean has(int code) {
            return code >= firstCode && code - firstCode < ids.length;
        }
    }

    /**
     * The ids.
     *
     * @param spilled ranges, one behind the other, from code 0 on
     * @param lastIds of the codes behind them
     */
    CodeIds(List<Range> spilled, int[] lastIds) {
        this.spilled = List.copyOf(spilled);
        int first = spilled.isEmpty()
                ? 0
                : spilled.get(spilled.size() - 1).firstCode()
                        + spilled.get(spilled.size() - 1).ids().count();
        this.last = new Held(first, lastIds);
        this.held = last;
    }

    /** The id of a code; codes that come in their order are read once. */
    int of(int code, Spill from) throws IOException {
        if (!held.has(code)) {
            held = last.has(code) ? last : read(code, from);
        }
        return held.ids()[code - held.firstCode()];
    }

    private Held read(int code, Spill from) throws IOException {
        int at = spilled.size() - 1;
        while (spilled.get(at).firstCode() > code) {
            at--;
        }
        return new Held(spilled.get(at).firstCode(), from.ints(spilled.get(at).ids()));
    }
}
