package dev.smt.jobs.lease;

import java.net.URI;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files behind a file system that is not known as local, and makes no folder that was not asked for: as HDFS does. */
public final class StrictFileSystem extends FilterFileSystem {
    static final String SCHEME = "strict";

    public StrictFileSystem() {
        super(new RawLocalFileSystem() {
            @Override
            protected void checkPath(Path path) {
                // Paths of the other scheme are local ones too.
            }
        });
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }
}
