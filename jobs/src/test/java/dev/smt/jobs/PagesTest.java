package dev.smt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that people read: each link leads somewhere, and each page can be reached from the README. */
class PagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

    @Test
    void everyLinkLeadsToAFileAndAHeadingThatIsThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : links(page)) {
                String file = link.replaceAll("#.*", "");
                Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
                if (!Files.exists(target)) {
                    broken.add(ROOT.relativize(page) + " -> " + link);
                } else if (link.contains("#") && !anchors(target).contains(link.replaceAll(".*#", ""))) {
                    broken.add(ROOT.relativize(page) + " -> " + link + " (no such heading)");
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageOfDocsIsLinkedFromAnotherPage() throws IOException {
        Set<Path> linked = pages().stream()
                .flatMap(page -> links(page).stream()
                        .map(link ->
                                page.resolveSibling(link.replaceAll("#.*", "")).normalize())
                        .filter(target -> !target.equals(page)))
                .collect(Collectors.toSet());
        assertThat(pages().stream()
                        .filter(page -> page.startsWith(ROOT.resolve("docs"))
                                && !page.toString().contains("decisions"))
                        .filter(page -> !linked.contains(page))
                        .map(ROOT::relativize))
                .isEmpty();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")));
        for (String folder : List.of("docs", "deploy", "benchmarks", "notebooks")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    /** Links to other files of the project, and to headings. */
    private static List<String> links(Path page) {
        List<String> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(CODE.matcher(read(page)).replaceAll(""));
        while (matcher.find()) {
            if (!matcher.group(1).matches("(https?|mailto):.*")) {
                links.add(matcher.group(1));
            }
        }
        return links;
    }

    /** The headings as forges name them. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(read(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
