package dev.smt.jobs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;

/** A generated world of 6,000 rows and 10 models, and a finished cycle on it, made once and shared by the tests of all JVMs of a build. */
final class TinyWorld {
    static final int MODELS = 10;
    static final int REPRESENTATIVES = 3;
    static final int TRIALS = 4;
    static final List<String> TECHNIQUES = List.of("label-smoothing", "learning-rates");
    static final double ALPHA = 0.05;
    /** All may regress, and tau is low: in so small a world a technique must not fail, nor a trial be infeasible, by noise. */
    static final double EPSILON = 1;

    static final double TAU = -5;

    private static final Path FOLDER = folder();
    private static final SharedFolder SHARED = SharedFolder.ofThisBuild();

    private TinyWorld() {}

    /** The configuration's file; it includes the sections that {@code generate} wrote. */
    static Path configuration() {
        return World.CONFIGURATION;
    }

    /** A folder of this name that no other test uses. */
    static Path fresh(String name) {
        return FOLDER.resolve(name);
    }

    static String warehouse(Path folder) {
        return "warehouse=\"" + folder + "\"";
    }

    /** The warehouse in which the steps before {@code mmo} are done; not to be changed. */
    static Path beforeMmo() {
        return BeforeMmo.WAREHOUSE;
    }

    /** A copy of it. */
    static Path copyBeforeMmo(String name) {
        return copy(beforeMmo(), name);
    }

    /** The warehouse of a finished cycle; not to be changed. */
    static Path finished() {
        return Finished.WAREHOUSE;
    }

    /** What the finished cycle printed. */
    static String finishedOutput() {
        try {
            finished();
            return Files.readString(Finished.output());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Path copyOfFinished(String name) {
        return copy(Finished.WAREHOUSE, name);
    }

    private static Path copy(Path warehouse, String name) {
        try {
            FileUtils.copyDirectory(warehouse.toFile(), fresh(name).toFile());
            return fresh(name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path folder() {
        try {
            String name = "command-line-tests-" + Integer.getInteger("smt.fork", 1);
            Path folder =
                    Path.of(System.getProperty("smt.build", "target"), name).toAbsolutePath();
            FileUtils.deleteDirectory(folder.toFile());
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text() {
        return """
                data = "%1$s/world"
                warehouse = "%1$s/not-set"
                generate {
                  rows = 6000, users = 300, ads = 30, categories = 4
                  surfaces = [feed, search], countries = [us], models = %2$d, clusters = 5, days = 7
                  features {
                    numeric {count = 3, informative = 2}, id {count = 4, informative = 3}
                    transform {count = 1, informative = 1}, event {count = 1, informative = 1}
                  }
                  effects.interaction = 0
                  partitions = 2
                }
                include "world/ingest.conf"
                representatives {k = %3$d, holdout-share = 0.4}
                importance {
                  repeats = 1, top-k {numeric = 2}, knee = [id]
                  compared-methods = [grouped-permutation, integrated-gradients, first-order-ablation, learned-gates, leave-one-out]
                  left-out-features = 2, gate-epochs = 2
                }
                mmo {techniques = [%4$s], trials = %5$d, batch = 2, alpha = %6$s, epsilon = %7$s, tau = %8$s}
                integrate.require-holdout = false
                evaluation.segments = [id_00]
                sensitivity {effect-cut-off = 0, beyond-noise = false}
                iterate {require-back-test = false, tuning-trials = 2}
                spark {master = "local[2]", default.parallelism = 2, sql.shuffle.partitions = 2}
                """
                .formatted(
                        SHARED.path(),
                        MODELS,
                        REPRESENTATIVES,
                        String.join(", ", TECHNIQUES),
                        TRIALS,
                        ALPHA,
                        EPSILON,
                        TAU);
    }

    private static final class World {
        static final Path CONFIGURATION = SHARED.once("tiny.conf", file -> {
            Files.writeString(file, text());
            CommandRun.of("generate", "--conf", file.toString()).succeeds();
        });
    }

    private static final class BeforeMmo {
        static final Path WAREHOUSE = SHARED.once("before-mmo", warehouse -> {
            for (String step : List.of("ingest", "representatives", "importance")) {
                CommandRun.onTinyWorld(List.of(step), warehouse(warehouse)).succeeds();
            }
        });
    }

    private static final class Finished {
        static final Path WAREHOUSE = SHARED.once("finished", warehouse -> {
            FileUtils.copyDirectory(BeforeMmo.WAREHOUSE.toFile(), warehouse.toFile());
            String output = CommandRun.onTinyWorld(List.of("cycle"), warehouse(warehouse))
                    .succeeds()
                    .out();
            Files.writeString(output(), output);
        });

        private static Path output() {
            return SHARED.path().resolve("finished.out");
        }
    }
}
