package dev.smt.jobs.ingest;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.spark.SparkEnv;

/** Primitive columns in a file of this machine, which goes when this is closed: what a task can't hold in memory. */
final class Spill implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long end;

    /** Where a column is: the byte it begins at, and how many values it has. */
    record Place(long at, int count) {}

    /** @param folder that is there */
    Spill(Path folder) throws IOException {
        this.file = folder.resolve("examples-" + UUID.randomUUID() + ".spill");
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** In Spark's local folder, which goes when the executor goes. */
    static Spill ofThisExecutor() throws IOException {
        return new Spill(
                SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath());
    }

    Place write(byte[] values, int count) throws IOException {
        buffer(count, Byte.BYTES).put(values, 0, count).flip();
        return write(count);
    }

    Place write(int[] values, int count) throws IOException {
        buffer(count, Integer.BYTES).asIntBuffer().put(values, 0, count);
        return write(count);
    }

    Place write(long[] values, int count) throws IOException {
        buffer(count, Long.BYTES).asLongBuffer().put(values, 0, count);
        return write(count);
    }

    Place write(float[] values, int count) throws IOException {
        buffer(count, Float.BYTES).asFloatBuffer().put(values, 0, count);
        return write(count);
    }

    Place write(double[] values, int count) throws IOException {
        buffer(count, Double.BYTES).asDoubleBuffer().put(values, 0, count);
        return write(count);
    }

    byte[] bytes(Place place) throws IOException {
        byte[] values = new byte[place.count()];
        read(place, Byte.BYTES).get(values);
        return values;
    }

    int[] ints(Place place) throws IOException {
        int[] values = new int[place.count()];
        read(place, Integer.BYTES).asIntBuffer().get(values);
        return values;
    }

    long[] longs(Place place) throws IOException {
        long[] values = new long[place.count()];
        read(place, Long.BYTES).asLongBuffer().get(values);
        return values;
    }

    float[] floats(Place place) throws IOException {
        float[] values = new float[place.count()];
        read(place, Float.BYTES).asFloatBuffer().get(values);
        return values;
    }

    double[] doubles(Place place) throws IOException {
        double[] values = new double[place.count()];
        read(place, Double.BYTES).asDoubleBuffer().get(values);
        return values;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    private ByteBuffer buffer(int count, int bytesEach) {
        int bytes = Math.multiplyExact(count, bytesEach);
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        return buffer.clear().limit(bytes);
    }

    private Place write(int count) throws IOException {
        Place place = new Place(end, count);
        while (buffer.hasRemaining()) {
            end += channel.write(buffer, end);
        }
        return place;
    }

    private ByteBuffer read(Place place, int bytesEach) throws IOException {
        ByteBuffer to = buffer(place.count(), bytesEach);
        long at = place.at();
        while (to.hasRemaining()) {
            int read = channel.read(to, at);
            if (read < 0) {
                throw new EOFException(file + " ends at byte " + at + ": something else changed it");
            }
            at += read;
        }
        return to.flip();
    }
}
