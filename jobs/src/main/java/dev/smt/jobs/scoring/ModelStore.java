package dev.smt.jobs.scoring;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.Sha256;
import dev.smt.jobs.ingest.Slug;
import dev.smt.model.ModelFile;
import dev.smt.model.ModelFormatException;
import dev.smt.model.StoredModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.UUID;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/** The files of trained models in a warehouse: {@code models/<model id>/<hash>.smtm}. Goes to executors. */
public final class ModelStore implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String warehouse;
    private final SerializableConfiguration hadoop;

    public ModelStore(String warehouse, SerializableConfiguration hadoop) {
        this.warehouse = warehouse;
        this.hadoop = hadoop;
    }

    /** A file that was written: SHA-256 of all of it in hex, and size. */
    public record Written(String checksum, long bytes) implements Serializable {}

    /** The file of a model, below the warehouse. */
    static String file(String modelId, String hash) {
        return "models/" + Slug.of(modelId) + "/" + hash + ".smtm";
    }

    boolean has(String file) {
        return io(file, files -> files.exists(path(file)));
    }

    /** Writes a file under a name of its own first, so that a broken attempt leaves nothing that looks whole. */
    Written write(String file, StoredModel model) {
        return io(file, files -> {
            Path target = path(file);
            Path attempt = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
            MessageDigest digest = Sha256.digest();
            try {
                try (OutputStream out = new BufferedOutputStream(
                        new DigestOutputStream(files.create(attempt, false), digest), BUFFER_BYTES)) {
                    ModelFile.write(model, out);
                }
                files.delete(target, false);
                if (!files.rename(attempt, target)) {
                    throw new IOException("can't rename " + attempt + " to " + target);
                }
                return new Written(
                        Sha256.hex(digest), files.getFileStatus(target).getLen());
            } finally {
                files.delete(attempt, false);
            }
        });
    }

    /**
     * Reads a file.
     *
     * @param checksum SHA-256 that it must have, hex
     * @throws InvalidInputException when it is missing, damaged, or not the one that was written
     */
    StoredModel read(String file, String checksum) {
        return io(file, files -> {
            MessageDigest digest = Sha256.digest();
            StoredModel model;
            try (InputStream in =
                    new BufferedInputStream(new DigestInputStream(files.open(path(file)), digest), BUFFER_BYTES)) {
                model = ModelFile.read(in);
            } catch (FileNotFoundException missing) {
                throw new InvalidInputException(path(file) + " is missing; export the model again: smt train");
            } catch (ChecksumException damaged) {
                // Hadoop's own check of local files comes first.
                throw new InvalidInputException(path(file) + ": it was damaged or changed after it was written"
                        + "; delete it, and export the model again: smt train");
            } catch (ModelFormatException damaged) {
                throw new InvalidInputException(path(file) + ": " + damaged.getMessage()
                        + "; delete it, and export the model again: smt train");
            }
            if (!Sha256.hex(digest).equals(checksum)) {
                throw new InvalidInputException(path(file) + " is not the file that was exported: another checksum;"
                        + " delete it, and export the model again: smt train");
            }
            return model;
        });
    }

    /** Copies a file out of the warehouse. */
    public void copy(String file, String to) {
        io(file, files -> {
            Path target = new Path(to);
            try (InputStream in = files.open(path(file));
                    OutputStream out = target.getFileSystem(hadoop.value()).create(target, true)) {
                return in.transferTo(out);
            } catch (IOException failure) {
                throw new InvalidInputException(
                        "--output is \"" + to + "\"; allowed: a file that can be written: " + failure.getMessage());
            }
        });
    }

    private Path path(String file) {
        return new Path(warehouse, file);
    }

    private interface Work<T> {
        T with(FileSystem files) throws IOException;
    }

    private <T> T io(String file, Work<T> work) {
        try {
            return work.with(path(file).getFileSystem(hadoop.value()));
        } catch (IOException failure) {
            throw new UncheckedIOException(path(file) + ": " + failure.getMessage(), failure);
        }
    }
}
