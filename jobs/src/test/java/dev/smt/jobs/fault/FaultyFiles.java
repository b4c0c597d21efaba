package dev.smt.jobs.fault;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** {@link FaultyFileSystem} as Hadoop's newer interface, through which Delta commits. */
public final class FaultyFiles extends DelegateToFileSystem {
    /** Made by Hadoop. */
    public FaultyFiles(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
        super(uri, new FaultyFileSystem(), hadoop, FaultyFileSystem.ROOT.getScheme(), false);
    }
}
