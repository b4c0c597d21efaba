package dev.smt.jobs.table;

import java.util.List;

/** All result tables, in the order of the data flow. */
public final class Tables {
    private Tables() {}

    public static List<Table<?>> all() {
        return List.of(
                RunRow.TABLE,
                FleetModelRow.TABLE,
                RepresentativeRow.TABLE,
                ClusterElbowRow.TABLE,
                FeatureImportanceRow.TABLE,
                FeatureSelectionRow.TABLE,
                BaselineRow.TABLE,
                TrialRow.TABLE,
                TrialModelRow.TABLE,
                TechniqueDecisionRow.TABLE,
                TechniqueEvidenceRow.TABLE,
                ModelEffectRow.TABLE,
                ParameterSensitivityRow.TABLE,
                TemplateVersionRow.TABLE,
                BackTestRow.TABLE,
                ModelIterationRow.TABLE,
                AdoptionRow.TABLE,
                ExportedModelRow.TABLE,
                PredictionRow.TABLE);
    }
}
