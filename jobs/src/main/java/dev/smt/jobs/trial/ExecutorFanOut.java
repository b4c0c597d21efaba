package dev.smt.jobs.trial;

import dev.smt.jobs.table.Warehouse;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Sends work to the executors, one Spark task per piece or per few short pieces, the most costly first, and hears of the
 * results as they come. The results do not depend on where or in which order the pieces run.
 */
public final class ExecutorFanOut implements AutoCloseable {
    private static final String POOL_PROPERTY = "spark.scheduler.pool";
    private static final String POOL = "trainings";

    private final JavaSparkContext spark;
    private final Broadcast<ExampleCache> cache;
    private final Work<TrialModel, TrialModelOutcome> training;
    private final TrainingMetrics metrics;
    private final TaskGroups trainings = new TaskGroups();
    private final GpuSharing gpus;

    public ExecutorFanOut(Warehouse warehouse) {
        this(warehouse, (examples, trial) -> new TrialModelEvaluator(examples).evaluate(trial));
    }

    /** @param training what a task does with a trial model: the real thing, but where the way there is measured */
    public ExecutorFanOut(Warehouse warehouse, Work<TrialModel, TrialModelOutcome> training) {
        this.training = training;
        this.spark = JavaSparkContext.fromSparkContext(warehouse.spark().sparkContext());
        this.cache = spark.broadcast(
                new ExampleCache(warehouse.location(), new SerializableConfiguration(spark.hadoopConfiguration())));
        this.gpus = GpuSharing.of(spark.sc());
        this.metrics = new TrainingMetrics(this::slots, () -> System.nanoTime() / 1e9);
        SparkEnv.get().metricsSystem().registerSource(metrics);
    }

    /** What Spark's metrics system is told of the trainings. */
    public TrainingMetrics metrics() {
        return metrics;
    }

    /** Pieces that the executors of now work on at once. */
    public int slots() {
        return spark.sc().defaultParallelism();
    }

    /** What a task does with one piece of work. */
    public interface Work<P, T> extends Serializable {
        T on(ExampleCache cache, P piece);
    }

    /** Trains and evaluates every trial model; the outcomes are in the order of the argument. */
    public List<TrialModelOutcome> evaluate(List<TrialModel> trials, Consumer<TrialModelOutcome> whenOneIsDone) {
        AtomicInteger open = new AtomicInteger(trials.size());
        metrics.sent(trials.size());
        try {
            Optional<ResourceProfile> share = gpus.profile(trials);
            return send(trials, TrialModel::cost, training, trainings, share, outcome -> {
                open.decrementAndGet();
                metrics.ended(outcome);
                whenOneIsDone.accept(outcome);
            });
        } finally {
            metrics.sent(-open.get());
        }
    }

    /** Does any work on serializable pieces; the results are in the order of the argument. */
    public <P, T> List<T> run(List<P> pieces, ToLongFunction<P> cost, Work<P, T> work, Consumer<T> whenOneIsDone) {
        return send(pieces, cost, work, new TaskGroups(), Optional.empty(), whenOneIsDone);
    }

    /** @param resources of each task, where they are not those of every task of the application */
    private <P, T> List<T> send(
            List<P> pieces,
            ToLongFunction<P> cost,
            Work<P, T> work,
            TaskGroups groups,
            Optional<ResourceProfile> resources,
            Consumer<T> whenOneIsDone) {
        if (pieces.isEmpty()) {
            return List.of();
        }
        List<Integer> costlyFirst = IntStream.range(0, pieces.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer index) -> -cost.applyAsLong(pieces.get(index))))
                .toList();
        List<Long> costs = costlyFirst.stream()
                .map(index -> cost.applyAsLong(pieces.get(index)))
                .toList();
        List<ArrayList<P>> tasks = new ArrayList<>();
        List<Integer> begins = new ArrayList<>();
        int begin = 0;
        for (int size : groups.sizes(costs, slots())) {
            begins.add(begin);
            tasks.add(costlyFirst.subList(begin, begin + size).stream()
                    .map(pieces::get)
                    .collect(Collectors.toCollection(ArrayList::new)));
            begin += size;
        }
        List<T> results = new ArrayList<>(Collections.nCopies(pieces.size(), null));
        runTasks(tasks, work, resources, (task, done) -> {
            for (int i = 0; i < done.size(); i++) {
                int place = begins.get(task) + i;
                groups.took(costs.get(place), done.get(i).seconds());
                results.set(costlyFirst.get(place), done.get(i).result());
                whenOneIsDone.accept(done.get(i).result());
            }
        });
        return results;
    }

    /** @param whenATaskIsDone hears of each task, by number, one at a time */
    private <P, T> void runTasks(
            List<ArrayList<P>> tasks,
            Work<P, T> work,
            Optional<ResourceProfile> resources,
            BiConsumer<Integer, ArrayList<Timed<T>>> whenATaskIsDone) {
        JavaRDD<ArrayList<P>> plain = spark.parallelize(tasks, tasks.size());
        JavaRDD<ArrayList<P>> rdd = resources.map(plain::withResources).orElse(plain);
        List<Object> partitions =
                new ArrayList<>(IntStream.range(0, tasks.size()).boxed().toList());
        ClassTag<ArrayList<Timed<T>>> tag = ClassTag$.MODULE$.apply(ArrayList.class);
        inPool(() -> spark.sc()
                .runJob(
                        rdd.rdd(),
                        new PiecesWork<>(cache, work),
                        CollectionConverters.asScala(partitions).toSeq(),
                        new AbstractFunction2<Object, ArrayList<Timed<T>>, BoxedUnit>() {
                            @Override
                            public BoxedUnit apply(Object task, ArrayList<Timed<T>> done) {
                                whenATaskIsDone.accept((Integer) task, done);
                                return BoxedUnit.UNIT;
                            }
                        },
                        tag));
    }

    /** Between pools the next free slot goes to the one with fewer tasks running: that of the tables, which need few. */
    private void inPool(Runnable job) {
        String before = spark.getLocalProperty(POOL_PROPERTY);
        spark.setLocalProperty(POOL_PROPERTY, POOL);
        try {
            job.run();
        } finally {
            spark.setLocalProperty(POOL_PROPERTY, before);
        }
    }

    /** Rows that work on pieces makes, a task per piece; they stay on the executors. Valid until this is closed. */
    public <P, T> JavaRDD<T> flatMap(List<P> pieces, Work<P, java.util.Iterator<T>> work) {
        Broadcast<ExampleCache> examples = cache;
        return spark.parallelize(pieces, pieces.size()).flatMap(piece -> work.on(examples.value(), piece));
    }

    @Override
    public void close() {
        SparkEnv.get().metricsSystem().removeSource(metrics);
        cache.unpersist();
    }

    /** A result, and how long its executor worked for it. */
    private record Timed<T>(T result, double seconds) implements Serializable {}

    private static final class PiecesWork<P, T>
            extends AbstractFunction2<TaskContext, Iterator<ArrayList<P>>, ArrayList<Timed<T>>>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Broadcast<ExampleCache> cache;
        private final Work<P, T> work;

        PiecesWork(Broadcast<ExampleCache> cache, Work<P, T> work) {
            this.cache = cache;
            this.work = work;
        }

        @Override
        public ArrayList<Timed<T>> apply(TaskContext context, Iterator<ArrayList<P>> task) {
            ArrayList<Timed<T>> done = new ArrayList<>();
            for (P piece : task.next()) {
                long start = System.nanoTime();
                T result = work.on(cache.value(), piece);
                done.add(new Timed<>(result, (System.nanoTime() - start) / 1e9));
            }
            return done;
        }
    }
}
