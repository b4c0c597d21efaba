package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes one pipeline's files into its staging folder: each under a name of its own first, then renamed, so that two
 * attempts of a task don't meet and a broken one leaves nothing that looks whole.
 */
final class StagedFiles {
    private final Path folder;
    private final FileSystem files;

    StagedFiles(String staging, String pipeline, Configuration hadoop) throws IOException {
        this.folder = new Path(staging, Slug.of(pipeline));
        this.files = folder.getFileSystem(hadoop);
    }

    /** A file that is there: SHA-256 in hex, and size. */
    record Written(String checksum, long bytes) {}

    /** What writes a file's content. */
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    Written write(Split split, Content examples) throws IOException {
        return write(split.fileName(), examples);
    }

    /** Writes what the training rows taught as JSON, so that new rows can be encoded in the same way. */
    Written write(Map<String, Fitted> fitted) throws IOException {
        return write(EncodedStore.ENCODING, out -> FittedJson.write(fitted, out));
    }

    private Written write(String name, Content content) throws IOException {
        Path attempt = new Path(folder, "." + name + "." + UUID.randomUUID());
        Path target = new Path(folder, name);
        MessageDigest digest = Sha256.digest();
        try {
            try (OutputStream out =
                    new DigestOutputStream(new BufferedOutputStream(files.create(attempt, false), 1 << 16), digest)) {
                content.to(out);
            }
            files.delete(target, false);
            if (!files.rename(attempt, target)) {
                throw new IOException("can't rename " + attempt + " to " + target);
            }
            return new Written(Sha256.hex(digest), files.getFileStatus(target).getLen());
        } finally {
            files.delete(attempt, false);
        }
    }
}
