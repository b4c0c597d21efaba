package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.feature.Feature.NumericColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A file of each version of the format, made by the program that brought it: they must stay readable. */
class FormatVersionsTest {
    @Test
    void readsVersion1() throws IOException {
        assertNumbersIdsAndSequences(read(1));
    }

    @Test
    void readsVersion2() throws IOException {
        EncodedExamples read = read(2);

        assertThat(read.vectors("image")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.numeric("age")).containsExactly(-1, 0, 1);
        assertThat(read.features().get(1).column()).isEqualTo(new NumericColumn(41.5, 12.25, true));
    }

    @Test
    void readsVersion3() throws IOException {
        assertNumbersIdsAndSequences(read(3));
    }

    private static void assertNumbersIdsAndSequences(EncodedExamples read) {
        assertThat(read.numeric("age")).containsExactly(0.5f, -0.5f);
        assertThat(read.features().get(0).column()).isEqualTo(new NumericColumn());
        assertThat(read.ids("ad")).containsExactly(3, 0);
        assertThat(read.sequences("seen").offsets()).containsExactly(0, 2, 2);
        assertThat(read.sequences("seen").values()).containsExactly(4, 1);
        assertThat(read.label("click")).containsExactly(1, 0);
        assertThat(read.time(1)).isEqualTo(2000);
    }

    private static EncodedExamples read(int version) throws IOException {
        byte[] file = file(version);
        assertThat(file[4]).as("the file's version").isEqualTo((byte) version);
        return EncodedExamplesFile.read(new ByteArrayInputStream(file));
    }

    static byte[] file(int version) throws IOException {
        try (InputStream stream = FormatVersionsTest.class.getResourceAsStream("format-" + version + ".smtx.hex")) {
            return HexFormat.of().parseHex(new String(stream.readAllBytes()).strip());
        }
    }
}
