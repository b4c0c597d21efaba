package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivedColumnsTest {
    @Test
    void eachColumnComesAfterThoseItReads() {
        Map<String, String> derived = new LinkedHashMap<>();
        derived.put("a", "B + 1");
        derived.put("b", "c * 2");
        derived.put("c", "x");
        derived.put("round", "about");
        derived.put("about", "round");

        assertThat(DerivedColumns.inOrder(derived).keySet()).containsExactly("c", "b", "a", "round", "about");
    }
}
