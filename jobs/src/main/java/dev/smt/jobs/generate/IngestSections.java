package dev.smt.jobs.generate;

import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The sections {@code input}, {@code pipelines} and {@code fleet} that make {@code ingest} read a world. Of seven days,
 * five train, one validates and one tests.
 */
final class IngestSections {
    private IngestSections() {}

    /** Writes {@code ingest.conf} into the world's folder. */
    static void write(GenerateConfiguration configuration, String output, Configuration hadoop) throws IOException {
        Path file = new Path(output, "ingest.conf");
        String text = "# Reads this world: include it in a configuration, or start one from it.\ndata = "
                + ConfigUtil.quoteString(output) + "\n\n" + sections(configuration);
        try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The sections in HOCON; the world's folder is {@code ${data}}. */
    static String sections(GenerateConfiguration configuration) {
        PlantedFeatures features = PlantedFeatures.of(configuration);
        int heldOut = Math.max(1, configuration.days() / 7);
        LocalDate end = configuration.start().plusDays(configuration.days());
        String labels = Stream.of(PlantedLabel.values())
                .map(label -> label.column() + " = " + label.column())
                .collect(Collectors.joining(", "));
        return """
                input {
                  logs = [{path = ${data}/events, format = parquet}]
                  time = request_time
                  split = {validation-from = "%s", test-from = "%s"}
                  unit = user_id
                  labels = {%s}
                  features {
                %s
                  }
                }

                pipelines = {by = [surface, country], name = "concat(surface, '-', country)"}

                fleet {
                  table = {path = ${data}/fleet, format = parquet}
                  constraints {
                %s
                  }
                }
                """
                .formatted(
                        end.minusDays(2L * heldOut),
                        end.minusDays(heldOut),
                        labels,
                        lines(features.all().map(feature -> feature(feature, configuration))),
                        lines(PlantedFleet.CONSTRAINTS.stream()
                                .distinct()
                                .sorted()
                                .map(name -> constraint(name, PlantedFleet.excluded(name, features)))));
    }

    private static String lines(Stream<String> entries) {
        return entries.map(entry -> "    " + entry).collect(Collectors.joining("\n"));
    }

    private static String feature(PlantedFeature feature, GenerateConfiguration configuration) {
        String type = feature.type().name().toLowerCase(Locale.ROOT);
        String side = feature.side().name().toLowerCase(Locale.ROOT);
        String more =
                switch (feature.type()) {
                    case TRANSFORM -> ", sql = " + feature.column() + ", values = number, transform = log1p";
                    case EVENT -> ", max-length = " + configuration.effects().historyLength();
                    default -> "";
                };
        return feature.name() + " = {type = " + type + ", side = " + side + more + "}";
    }

    private static String constraint(String name, Set<String> excluded) {
        List<String> names = List.copyOf(new TreeSet<>(excluded));
        return name + " = " + (names.isEmpty() ? "{}" : "{exclude-features = [" + String.join(", ", names) + "]}");
    }
}
