package dev.smt.jobs.mmo;

import dev.smt.jobs.mmo.SearchProgress.End;
import dev.smt.jobs.run.SideBySide;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * The searches of a study, whose trials are one budget: what a technique saves, because its next trial is expected to gain
 * too little, goes to the techniques that used all of theirs; a batch at a time, to the one that got the least so far.
 *
 * <p>Who is next follows from how many trials each technique has, so a study that goes on after a crash goes on with the
 * same one.
 */
final class StudySearch {
    private final MmoConfiguration configuration;
    private final List<Entry> entries;
    private final List<SearchProgress> progress = new ArrayList<>();

    /**
     * One technique of the study.
     *
     * @param name the technique's
     * @param search its search
     * @param done its trials that are done already, by number
     * @param evaluator runs its trials
     */
    record Entry(String name, TechniqueSearch search, List<CompletedTrial> done, TechniqueSearch.Evaluator evaluator) {}

    StudySearch(MmoConfiguration configuration, List<Entry> entries) {
        this.configuration = configuration;
        this.entries = List.copyOf(entries);
    }

    /** Runs every search, several at once; the trials of each technique are in the order of the entries. */
    List<List<CompletedTrial>> run(SideBySide threads) {
        List<Callable<SearchProgress>> searches = new ArrayList<>();
        for (Entry entry : entries) {
            searches.add(() -> entry.search().run(entry.done(), entry.evaluator(), configuration.trials()));
        }
        progress.addAll(threads.all(searches));
        int next = next();
        while (next >= 0) {
            Entry entry = entries.get(next);
            int trials = progress.get(next).trials().size();
            int endOfBatch = (trials / configuration.batch() + 1) * configuration.batch();
            int limit = Math.min(endOfBatch, trials + saved() - granted());
            progress.set(next, entry.search().run(progress.get(next).trials(), entry.evaluator(), limit));
            next = next();
        }
        return progress.stream().map(SearchProgress::trials).toList();
    }

    /** The open search that got the least beyond its own trials, the first among equals; -1 when nothing is to be given. */
    private int next() {
        if (granted() >= saved()) {
            return -1;
        }
        return IntStream.range(0, entries.size())
                .filter(i -> progress.get(i).end() == End.TRIALS_DONE)
                .boxed()
                .min(Comparator.comparingInt(i -> progress.get(i).trials().size()))
                .orElse(-1);
    }

    private int saved() {
        return progress.stream()
                .filter(search -> search.end() == End.LITTLE_TO_GAIN)
                .mapToInt(search ->
                        Math.max(0, configuration.trials() - search.trials().size()))
                .sum();
    }

    private int granted() {
        return progress.stream().mapToInt(this::beyond).sum();
    }

    private int beyond(SearchProgress search) {
        return Math.max(0, search.trials().size() - configuration.trials());
    }

    /** What was saved and where it went, in words; empty where no search was stopped. */
    List<String> text() {
        List<String> stopped = new ArrayList<>();
        List<String> granted = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            SearchProgress search = progress.get(i);
            if (search.end() == End.LITTLE_TO_GAIN) {
                stopped.add(entries.get(i).name() + " after " + search.trials().size());
            }
            if (beyond(search) > 0) {
                granted.add(beyond(search) + " to " + entries.get(i).name());
            }
        }
        if (stopped.isEmpty()) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT,
                "stopped, since the next trial was expected to gain less than %s %%: %s; %d trials saved, %s",
                configuration.leastGain(),
                String.join(", ", stopped),
                saved(),
                granted.isEmpty() ? "none of them used" : String.join(", ", granted)));
    }
}
