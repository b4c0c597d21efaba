package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/** What a change did online, by one estimator: table {@code experiments}. */
public record ExperimentRow(
        @Column("the run that wrote the row") String runId,
        @Column("the experiment; no letters where the input has one only") String experiment,
        @Column("the arm; of logged choices \"target policy\"") String arm,
        @Column("what it is compared with; of logged choices \"logging policy\"") String control,
        @Column("the metric or reward, as it was given") String metric,
        @Column("welch or cuped; of logged choices ips, snips, dm or dr") String estimator,
        @Column("the verdict is by this estimator") boolean decides,
        @Column("units of the arm; of logged choices of the log") long units,
        @Column("units of the control; of logged choices of the log") long controlUnits,
        @Column("mean of the arm, or the target policy's value") double mean,
        @Column("lower end of its interval") double meanLow,
        @Column("upper end of its interval") double meanHigh,
        @Column("mean of the control, or the logging policy's value") double controlMean,
        @Column("mean - control_mean") double lift,
        @Column("lower end of its interval") double liftLow,
        @Column("upper end of its interval") double liftHigh,
        @Column(value = "lift / |control_mean|; empty where the control's mean can't be told from 0", unit = "percent")
                OptionalDouble relativeLift,
        @Column(value = "lower end of its interval", unit = "percent") OptionalDouble relativeLow,
        @Column(value = "upper end of its interval", unit = "percent") OptionalDouble relativeHigh,
        @Column("level of the intervals, after the correction for several arms") double level,
        @Column("probability of such a lift when there is none; not corrected for several arms") double pValue,
        @Column("smallest lift that this sample finds with a probability of 80 percent") double smallestEffect,
        @Column(value = "by CUPED", unit = "percent") OptionalDouble varianceReduction,
        @Column("p value of the units per arm against the planned shares") OptionalDouble sampleRatioP,
        @Column("rows of a log of the target policy that would tell as much") OptionalDouble effectiveSampleSize,
        @Column("the same of the rewards") OptionalDouble effectiveRewards,
        @Column("largest weight of a logged row, before clipping") OptionalDouble largestWeight,
        @Column("mean weight of the logged rows; 1 is expected") OptionalDouble meanWeight,
        @Column("what clipping adds to the target policy's value, estimated") OptionalDouble clippingBias,
        @Column(value = "NE delta that the change had offline", unit = "percent NE") OptionalDouble offlineDelta,
        @Column("higher, lower, or: the data can't tell") String verdict,
        @Column("why the data can't tell") Optional<String> reason,
        @Column("the table that was read") String input) {
    public static final Table<ExperimentRow> TABLE =
            Table.of("experiments", ExperimentRow.class, "run_id", "experiment", "arm", "estimator");
}
