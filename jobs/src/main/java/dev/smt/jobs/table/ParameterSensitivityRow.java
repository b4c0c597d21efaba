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
        @Column("why") String reason) {
    public static final String STANDARDIZE = "STANDARDIZE";
    public static final String EXPOSE = "EXPOSE";
    public static final Table<ParameterSensitivityRow> TABLE =
            Table.of("parameter_sensitivity", ParameterSensitivityRow.class, "study_id", "technique", "parameter");
}
