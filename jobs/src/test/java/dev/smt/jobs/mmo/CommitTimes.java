package dev.smt.jobs.mmo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** How long a study's commits take: each is two, one per table. {@link TrialCommits} logs it. */
final class CommitTimes extends AbstractAppender {
    private final List<Commit> commits = Collections.synchronizedList(new ArrayList<>());

    /**
     * A commit.
     *
     * @param start milliseconds since the epoch
     * @param end milliseconds since the epoch
     */
    record Commit(long start, long end) {
        double seconds() {
            return (end - start) / 1e3;
        }

        /** Whether readers asked all the time that it took, or none of it. */
        boolean inTurn(boolean asked) {
            return ReadingTurns.same(start, end) && ReadingTurns.asks(start) == asked;
        }
    }

    private CommitTimes() {
        super("commits", null, null, false, Property.EMPTY_ARRAY);
    }

    /** Listens from now on. */
    static CommitTimes listen() {
        CommitTimes times = new CommitTimes();
        times.start();
        Configurator.setLevel(TrialCommits.class, Level.INFO);
        ((Logger) LogManager.getLogger(TrialCommits.class)).addAppender(times);
        return times;
    }

    @Override
    public void append(LogEvent event) {
        Object[] parameters = event.getMessage().getParameters();
        if (event.getLevel() == Level.INFO && parameters.length == 3) {
            commits.add(new Commit(event.getTimeMillis() - (Long) parameters[2], event.getTimeMillis()));
        }
    }

    /** All commits so far, in their order. */
    List<Commit> all() {
        return List.copyOf(commits);
    }
}
