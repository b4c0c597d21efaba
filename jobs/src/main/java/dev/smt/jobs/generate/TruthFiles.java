package dev.smt.jobs.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder {@code truth} of a world: pretty-printed JSON with kebab-case keys. */
public final class TruthFiles {
    private static final String MARK = "world";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(RankingStage.class, new StageLabels()))
            .build();

    /** Writes a stage as tables do. */
    private static final class StageLabels extends ToStringSerializerBase {
        private static final long serialVersionUID = 1L;

        private StageLabels() {
            super(RankingStage.class);
        }

        @Override
        public String valueToString(Object value) {
            return ((RankingStage) value).label();
        }
    }

    private final Path folder;
    private final FileSystem fileSystem;

    /** The truth of the world in a folder. */
    public TruthFiles(String output, Configuration hadoop) throws IOException {
        folder = new Path(output, "truth");
        fileSystem = folder.getFileSystem(hadoop);
    }

    /** Whether the world is complete. */
    public boolean exist() throws IOException {
        return fileSystem.exists(file(MARK));
    }

    /**
     * Reads all files.
     *
     * @throws InvalidInputException when one is missing or is not what it should be
     */
    public WorldTruth read() throws IOException {
        return new WorldTruth(
                readWorld(),
                read("features", WorldTruth.Features.class),
                read("effects", WorldTruth.Effects.class),
                read("clusters", WorldTruth.Clusters.class),
                read("techniques", WorldTruth.Techniques.class),
                read("oracle", WorldTruth.Oracle.class));
    }

    /** Reads the mark of completeness alone. */
    WorldTruth.World readWorld() throws IOException {
        return read(MARK, WorldTruth.World.class);
    }

    /** Writes all files, the mark of completeness last. */
    void write(WorldTruth truth) throws IOException {
        write("features", truth.features());
        write("effects", truth.effects());
        write("clusters", truth.clusters());
        write("techniques", truth.techniques());
        write("oracle", truth.oracle());
        write(MARK, truth.world());
    }

    static Map<String, Object> toMap(Object value) {
        return MAPPER.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    static String toJson(Object value) {
        try {
            return MAPPER.writeValueAsString(value) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("can't write " + value, impossible);
        }
    }

    private <T> T read(String name, Class<T> type) throws IOException {
        try (InputStream in = fileSystem.open(file(name))) {
            return MAPPER.readValue(in, type);
        } catch (FileNotFoundException missing) {
            throw new InvalidInputException(
                    file(name) + " is missing; run generate, with overwrite = true where an earlier run was cut off");
        } catch (JsonProcessingException wrong) {
            throw new InvalidInputException(
                    file(name) + " can't be read: " + wrong.getOriginalMessage() + "; generate the world again");
        }
    }

    private void write(String name, Object value) throws IOException {
        try (OutputStream out = fileSystem.create(file(name), true)) {
            out.write(toJson(value).getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path file(String name) {
        return new Path(folder, name + ".json");
    }
}
