package dev.smt.jobs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** What the tests of all JVMs of one build share: who needs it first makes it, the others wait. */
record SharedFolder(Path path) {
    private static final String PREFIX = "command-line-tests-of-";

    /** Makes a file or folder. */
    interface Making {
        void of(Path place) throws IOException;
    }

    /** A new one for each build, whose start Maven names; what earlier builds left is deleted. */
    static SharedFolder ofThisBuild() {
        try {
            Path target = Path.of(System.getProperty("smt.build", "target")).toAbsolutePath();
            String build = System.getProperty(
                    "smt.build.start", "process-" + ProcessHandle.current().pid());
            Path folder = Files.createDirectories(target.resolve(PREFIX + build.replaceAll("[^0-9A-Za-z-]", "-")));
            for (Path other : of(target)) {
                if (!other.equals(folder)) {
                    FileUtils.deleteQuietly(other.toFile());
                }
            }
            return new SharedFolder(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> of(Path target) throws IOException {
        try (Stream<Path> all = Files.list(target)) {
            return all.filter(one -> one.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
    }

    /** The place of this name, which is made where nobody has made it yet. */
    Path once(String name, Making making) {
        Path place = path.resolve(name);
        Path done = path.resolve(name + ".done");
        try (FileChannel channel =
                FileChannel.open(path.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // It goes with the channel.
            channel.lock();
            if (!Files.exists(done)) {
                making.of(place);
                Files.createFile(done);
            }
            return place;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
