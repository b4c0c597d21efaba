package dev.smt.jobs.ingest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.ConfigSection;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;

/** A hand-made world of eight impressions, and configurations for it. */
final class Tiny {
    static final String LOGS =
            """
            user,item,t,price,clicked
            a,x,100,1.0,1
            a,y,200,3.0,0
            b,x,300,,1
            c,x,400,5.0,0
            a,z,1000,3.0,1
            d,x,1999,7.0,0
            b,y,2000,1.0,1
            e,w,2500,,0
            """;

    static final String HISTORIES =
            """
            {"user":"a","history":["p","q","r"]}
            {"user":"b","history":["q"]}
            {"user":"d","history":[]}
            """;

    /** Training rows before one second, test rows from two seconds on. */
    static final String CONFIGURATION =
            """
            input {
              logs = [{path = ${data}"/logs.csv.gz", format = csv}]
              joins = [{path = ${data}"/histories.json", format = json, on = [user]}]
              time = t
              split {validation-from = "1970-01-01T00:00:01", test-from = "1970-01-01T00:00:02"}
              unit = user
              labels {clicked = clicked}
              features {
                user = {type = id, side = user}
                item = {type = id, side = item, min-count = 2}
                price = {type = numeric, side = item}
                history = {type = event, side = user, max-length = 2, order = oldest-first}
              }
            }
            pipelines {list = [{name = all}]}
            fleet {
              grid {
                labels = [clicked]
                attributes {
                  stage = "'ranking'", surface = "'feed'", data-constraint = "'full'", hardware = "'cpu'"
                  template = "'sparse-nn-medium'", flops = "1e6"
                }
              }
              constraints {full {}}
            }
            """;

    private final Path folder;

    Tiny(Path folder) {
        this.folder = folder;
        gzip("logs.csv.gz", LOGS);
        text("histories.json", HISTORIES);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void text(String name, String content) {
        try {
            Files.writeString(path(name), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void gzip(String name, String content) {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(path(name))), StandardCharsets.UTF_8)) {
            out.write(content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The configuration with changes on top. */
    Config config(String changes) {
        return ConfigFactory.parseString(changes)
                .withFallback(ConfigFactory.parseString(CONFIGURATION))
                .withFallback(ConfigFactory.parseString("data = \"" + folder + "\""))
                .resolve();
    }

    static IngestConfiguration read(Config config) {
        ConfigProblems problems = new ConfigProblems();
        ConfigSection root = new ConfigSection("", config, problems).acceptAll();
        IngestConfiguration configuration = IngestConfiguration.read(root);
        root.reportUnknownKeys();
        problems.throwIfAny();
        return configuration;
    }

    IngestResult ingest(String changes) {
        return new IngestJob(TestSpark.session()).run(read(config(changes)), warehouse());
    }

    List<FleetModel> fleet(String changes) {
        return new IngestJob(TestSpark.session()).fleet(read(config(changes)));
    }

    List<FleetModel> validate(String changes) {
        return new IngestJob(TestSpark.session()).validate(read(config(changes)));
    }

    String warehouse() {
        return path("warehouse").toString();
    }

    EncodedStore store() {
        return new EncodedStore(warehouse(), new Configuration());
    }
}
