package dev.smt.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** A column of numbers of four bytes in a part of a file: written from begin to end, then mapped. */
final class MappedColumn {
    /** Bytes of a mapping, whose places are ints. */
    private static final long CHUNK = 1L << 30;

    private static final int WRITTEN_AT_ONCE = 1 << 16;

    private final Repair repair;
    private final long begin;
    private final int count;
    private final CRC32C written = new CRC32C();
    private long bytesWritten;
    private volatile List<MappedByteBuffer> chunks = List.of();

    /** Writes the file of the column again. */
    interface Repair {
        void run() throws IOException;
    }

    /** Copies numbers between a buffer and an array. */
    interface Copy {
        /**
         * Copies.
         *
         * @param bytes as many as the numbers have
         * @param from the first number of the array
         */
        void copy(ByteBuffer bytes, int from, int length);
    }

    MappedColumn(Repair repair, long begin, int count) {
        this.repair = repair;
        this.begin = begin;
        this.count = count;
    }

    int count() {
        return count;
    }

    long bytes() {
        return (long) count * Integer.BYTES;
    }

    /** Writes the first numbers of an array behind those that are written. */
    void add(FileChannel file, int length, Copy from) throws IOException {
        // In the heap: memory outside it would come back late.
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(length, WRITTEN_AT_ONCE) * Integer.BYTES)
                .order(ByteOrder.nativeOrder());
        for (int at = 0; at < length; at += WRITTEN_AT_ONCE) {
            int some = Math.min(WRITTEN_AT_ONCE, length - at);
            bytes.clear().limit(some * Integer.BYTES);
            from.copy(bytes, at, some);
            written.update(bytes.duplicate());
            while (bytes.hasRemaining()) {
                bytesWritten += file.write(bytes, begin + bytesWritten);
            }
        }
    }

    void map(FileChannel file) throws IOException {
        if (bytesWritten != bytes()) {
            throw new IllegalArgumentException(
                    "a column of " + bytes() + " bytes can't be read: " + bytesWritten + " are written");
        }
        List<MappedByteBuffer> all = new ArrayList<>();
        for (long at = 0; at < bytes(); at += CHUNK) {
            MappedByteBuffer chunk = file.map(MapMode.READ_ONLY, begin + at, Math.min(CHUNK, bytes() - at));
            chunk.order(ByteOrder.nativeOrder());
            all.add(chunk);
        }
        chunks = List.copyOf(all);
    }

    /** Takes the place in another file that has the same. */
    void take(MappedColumn other) {
        if (other.written.getValue() != written.getValue()) {
            throw new IllegalStateException("a column that was written again is another one");
        }
        chunks = other.chunks;
    }

    /** Reads all numbers into an array. */
    void read(Copy to) {
        if (!readsWhatWasWritten(to)) {
            try {
                repair.run();
            } catch (IOException lost) {
                throw new UncheckedIOException("a damaged local copy can't be made again: " + lost.getMessage(), lost);
            }
            if (!readsWhatWasWritten(to)) {
                throw new IllegalStateException("the disk under the local copies loses what is written to it");
            }
        }
    }

    private boolean readsWhatWasWritten(Copy to) {
        CRC32C checksum = new CRC32C();
        int at = 0;
        for (MappedByteBuffer chunk : chunks) {
            int length = chunk.capacity() / Integer.BYTES;
            to.copy(chunk.duplicate().order(ByteOrder.nativeOrder()), at, length);
            checksum.update(chunk.duplicate());
            at += length;
        }
        return checksum.getValue() == written.getValue();
    }
}
