package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.FleetConfiguration.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Names, sizes and modification times of the files that ingest reads: says whether there is something new to read. */
final class InputFingerprint {
    private InputFingerprint() {}

    static String of(IngestConfiguration configuration, Configuration hadoop) {
        List<String> sources = new ArrayList<>();
        configuration.input().logs().forEach(log -> sources.add(log.path()));
        configuration.input().joins().forEach(join -> sources.add(join.source().path()));
        if (configuration.fleet().models() instanceof Table table) {
            sources.add(table.source().path());
        }
        return sources.stream().map(source -> files(source, hadoop)).collect(Collectors.joining("\n"));
    }

    /** A source that can't be listed has no files here; reading it says what is wrong. */
    private static String files(String source, Configuration hadoop) {
        TreeSet<String> files = new TreeSet<>();
        try {
            Path path = new Path(source);
            FileSystem system = path.getFileSystem(hadoop);
            if (system.exists(path)) {
                RemoteIterator<LocatedFileStatus> each = system.listFiles(path, true);
                while (each.hasNext()) {
                    LocatedFileStatus file = each.next();
                    files.add(file.getPath() + " " + file.getLen() + " " + file.getModificationTime());
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            files.add(source + " unreadable");
        }
        return String.join("\n", files);
    }
}
