package dev.smt.jobs.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The tables of a folder as the driver sees them without Spark, by Delta's kernel. */
record DriverTables(Engine engine, DriverReads reads, DriverCommits commits) {
    /** With the settings of a session. */
    static DriverTables in(Path root, SparkSession session) {
        Configuration hadoop = session.sessionState().newHadoopConf();
        KernelSettings settings = new KernelSettings(session.sparkContext().getConf());
        settings.addTo(hadoop, root.toUri().getScheme());
        Engine engine = DefaultEngine.create(hadoop);
        return new DriverTables(
                engine, new DriverReads(engine), new DriverCommits(engine, settings.propertiesOfNewTables()));
    }

    /** A table as it is now; none where there is no table. */
    Optional<Snapshot> find(String path) {
        try {
            return Optional.of(TableManager.loadSnapshot(path).build(engine));
        } catch (TableNotFoundException none) {
            return Optional.empty();
        }
    }
}
