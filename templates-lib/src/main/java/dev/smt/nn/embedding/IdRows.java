package dev.smt.nn.embedding;

import dev.smt.data.Mixing;
import dev.smt.nn.IdRepresentation;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which rows of its table an id uses: its own, or where the table is capped and the id beyond it, the rows of one hash or
 * of two (Zhang et al. 2020: frequent ids, which are the first, keep rows of their own). Rare ids use row 0.
 */
public final class IdRows {
    /** What {@link #second} says of an id that has one row. */
    public static final int NONE = -1;

    private static final long SECOND_HASH = 0x5EC0DD_4A54L;

    private final int rows;
    private final boolean twice;
    private final Optional<BitSet> kept;
    private final int firstRow;
    private final int rowStep;

    /**
     * A new mapping.
     *
     * @param rows of the table, 1 or more
     * @param kind whether hashed ids have one row or two
     * @param kept ids that don't use row 0; empty: all
     */
    public IdRows(int rows, IdRepresentation.Kind kind, Optional<BitSet> kept) {
        this(rows, kind == IdRepresentation.Kind.DOUBLE_HASHING, kept, 0, 1);
    }

    private IdRows(int rows, boolean twice, Optional<BitSet> kept, int firstRow, int rowStep) {
        this.rows = rows;
        this.twice = twice;
        this.kept = kept;
        this.firstRow = firstRow;
        this.rowStep = rowStep;
    }

    /** The mapping to the rows of a part of the table; a row that the part doesn't have is {@link #NONE}. */
    public IdRows in(TablePart part) {
        return new IdRows(rows, twice, kept, part.firstRow(), part.rowStep());
    }

    /** The mapping of a table in which every id has one row. */
    public static IdRows single(int rows) {
        return new IdRows(rows, IdRepresentation.Kind.SINGLE_ROW, Optional.empty());
    }

    /** Whether every id has the one row that its table says. */
    public boolean isPlain() {
        return !twice && kept.isEmpty() && rowStep == 1;
    }

    /** Most rows of an id: 1 or 2. */
    public int most() {
        return twice ? 2 : 1;
    }

    /** The only row of an id, or its first; {@link #NONE} only where a part of the table doesn't have it. */
    public int first(int id) {
        if (kept.isPresent() && !kept.get().get(id)) {
            return inPart(0);
        }
        return inPart(id < rows ? id : hashed(id));
    }

    /** The second row of an id, or {@link #NONE}. */
    public int second(int id) {
        if (!twice || id < rows || rows == 1 || kept.isPresent() && !kept.get().get(id)) {
            return NONE;
        }
        return inPart(hashed(id ^ SECOND_HASH));
    }

    private int inPart(int row) {
        if (rowStep == 1) {
            return row;
        }
        return row % rowStep == firstRow ? row / rowStep : NONE;
    }

    private int hashed(long id) {
        return rows == 1 ? 0 : 1 + (int) Long.remainderUnsigned(Mixing.mix(id), rows - 1L);
    }
}
