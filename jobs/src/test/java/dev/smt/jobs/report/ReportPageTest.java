package dev.smt.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"report-data\">(.*?)</script>", Pattern.DOTALL);
    private static final String HOSTILE = "</script><script>alert(1)</script><!-- [[data]] $1 \\ \" \u2028";

    /** An element that loads another file, or a part of the page that was not put in. */
    private static final Pattern LOADS = Pattern.compile(
            "<(script|link|iframe)[^>]* (src|href)=\"(?!data:)|@import|\\[\\[(title|style|charts|scripts|data)]]");

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void namesStayInTheirPlaceWhateverTheyContain() throws IOException {
        ObjectNode data = json.createObjectNode().put("name", HOSTILE);
        String html = ReportPage.html(HOSTILE, data);
        Matcher found = DATA.matcher(html);
        assertThat(found.find()).isTrue();
        assertThat(json.readTree(found.group(1))).isEqualTo(data);
        assertThat(html.substring(0, 2_000))
                .contains("<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- [[data]] $1 \\ &quot;")
                .doesNotContain("<script>alert(1)");
        assertThat(html.contains("<script>alert(1)")).isFalse();
    }

    @Test
    void theFileNeedsNothingElse() {
        String html = ReportPage.html("a", json.createObjectNode());
        assertThat(html.contains("default-src 'none'")).isTrue();
        assertThat(LOADS.matcher(html).find()).isFalse();
        assertThat(html.length()).isBetween(1_000_000, 1_500_000);
    }
}
