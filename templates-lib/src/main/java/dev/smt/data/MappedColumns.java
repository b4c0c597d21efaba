package dev.smt.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns in a file that is mapped into memory: the heap holds a column only while somebody works with it, and the operating system
 * keeps what is read often. Safe for several threads once the columns are complete.
 */
public final class MappedColumns implements ColumnStorage {
    private final Path file;
    private final Source source;
    private final Room room;
    private final FileChannel channel;
    private final List<MappedColumn> columns = new ArrayList<>();
    private long end;

    /** What the columns are of. */
    public interface Source {
        /** Writes all columns; always the same in the same order. */
        EncodedExamples writeTo(ColumnStorage columns) throws IOException;
    }

    /** Asked before each column is written. */
    public interface Room {
        /**
         * Takes room.
         *
         * @throws IOException where there is none
         */
        void take(long bytes) throws IOException;
    }

    private MappedColumns(Path file, Source source, Room room, FileChannel channel) {
        this.file = file;
        this.source = source;
        this.room = room;
        this.channel = channel;
    }

    /**
     * Examples whose columns are in a file. Once they are, it may be deleted: the system keeps it while they are in use. Where the disk has
     * lost a value, which each column's checksum shows, the file is written again.
     *
     * @param file of no other process; made or replaced
     * @throws IOException when it can't be written, or the source can't be read
     */
    public static EncodedExamples write(Path file, Source source, Room room) throws IOException {
        try (FileChannel channel = open(file)) {
            return source.writeTo(new MappedColumns(file, source, room, channel));
        }
    }

    @Override
    public Floats floats(int count) throws IOException {
        MappedColumn column = column(count);
        return new Floats() {
            @Override
            public void add(float[] values, int count) throws IOException {
                column.add(channel, count, (bytes, from, length) -> bytes.asFloatBuffer()
                        .put(values, from, length));
            }

            @Override
            public float[] values() {
                float[] all = new float[column.count()];
                column.read((bytes, from, length) -> bytes.asFloatBuffer().get(all, from, length));
                return all;
            }
        };
    }

    @Override
    public Ints ints(int count) throws IOException {
        MappedColumn column = column(count);
        return new Ints() {
            @Override
            public void add(int[] values, int count) throws IOException {
                column.add(channel, count, (bytes, from, length) -> bytes.asIntBuffer()
                        .put(values, from, length));
            }

            @Override
            public int[] values() {
                int[] all = new int[column.count()];
                column.read((bytes, from, length) -> bytes.asIntBuffer().get(all, from, length));
                return all;
            }
        };
    }

    private MappedColumn column(int count) throws IOException {
        MappedColumn column = new MappedColumn(this::writeAgain, end, count);
        room.take(column.bytes());
        columns.add(column);
        end += column.bytes();
        return column;
    }

    @Override
    public void complete() throws IOException {
        for (MappedColumn column : columns) {
            column.map(channel);
        }
    }

    /** Whoever reads the damaged columns at this moment still has them. */
    private synchronized void writeAgain() throws IOException {
        Path again = file.resolveSibling(file.getFileName() + ".again");
        try (FileChannel other = open(again)) {
            MappedColumns copy = new MappedColumns(again, source, bytes -> {}, other);
            source.writeTo(copy);
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).take(copy.columns.get(i));
            }
        } finally {
            Files.deleteIfExists(again);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }
}
