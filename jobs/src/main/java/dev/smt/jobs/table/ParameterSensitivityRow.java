package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** How a parameter matters, and whether a model may tune it: table {@code parameter_sensitivity}. */
public record ParameterSensitivityRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study") String studyId,
        @Column("the technique") String technique,
        @Column("the parameter, or parameter=level") String parameter,
        @Column(value = "effect on mu over the parameter's whole range (Eq. 7)", unit = "percent NE")
                OptionalDouble beta,
        @Column(value = "standard error of beta", unit = "percent NE") OptionalDouble betaSe,
        @Column(value = "variance of the models' own betas", unit = "(percent NE) squared")
                OptionalDouble varianceAcrossModels,
        @Column(
                        value = "the part of variance_across_models that the errors of the fits alone would make",
                        unit = "(percent NE) squared")
                OptionalDouble noiseVariance,
        @Column("STANDARDIZE or EXPOSE") String decision,
        @Column("why") String reason,
        @Column(
                        value =
                                "share of the variance of the surrogate's mu over the search space that the parameter makes"
                                        + " by itself; empty without a surrogate",
                        unit = "ratio")
                OptionalDouble firstOrderIndex,
        @Column(value = "standard error of its integration; not of the surrogate", unit = "ratio")
                OptionalDouble firstOrderIndexSe,
        @Column(value = "the share with all interactions that the parameter takes part in", unit = "ratio")
                OptionalDouble totalIndex,
        @Column(value = "standard error of its integration; not of the surrogate", unit = "ratio")
                OptionalDouble totalIndexSe,
        @Column(
                        value =
                                "standard deviation of the surrogate's mu over the search space: what the indices are shares of",
                        unit = "percent NE")
                OptionalDouble muDeviation) {
    public static final String STANDARDIZE = "STANDARDIZE";
    public static final String EXPOSE = "EXPOSE";
    public static final Table<ParameterSensitivityRow> TABLE =
            Table.of("parameter_sensitivity", ParameterSensitivityRow.class, "study_id", "technique", "parameter");
}
