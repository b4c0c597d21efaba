package dev.smt.jobs.table;

import java.util.Optional;

/** What the surrogate of a technique's trials expects around theta*: table {@code surrogate_slices}. */
public record SurrogateSliceRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study") String studyId,
        @Column("the technique") String technique,
        @Column("the parameter that is moved; all others are as in theta*") String parameter,
        @Column("number of the point in the slice or plane, from 0") int point,
        @Column("the parameter's value there, as in JSON") String value,
        @Column("a second parameter that is moved; empty in a slice of one parameter") Optional<String> otherParameter,
        @Column("its value; empty in a slice of one parameter") Optional<String> otherValue,
        @Column(value = "what the surrogate expects of mu", unit = "percent NE") double mu,
        @Column(value = "its posterior standard deviation of mu", unit = "percent NE") double muDeviation,
        @Column(value = "probability that R is at most epsilon there", unit = "ratio") double feasibility) {
    public static final Table<SurrogateSliceRow> TABLE = Table.of(
            "surrogate_slices",
            SurrogateSliceRow.class,
            "study_id",
            "technique",
            "parameter",
            "other_parameter",
            "point");
}
