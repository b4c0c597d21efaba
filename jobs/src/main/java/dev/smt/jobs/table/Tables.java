package dev.smt.jobs.table;

import java.util.List;

/** All result tables, in the order of the data flow. */
public final class Tables {
    private Tables() {}

    public static List<Table<?>> all() {
        return List.of(
                RunRow.TABLE,
                FleetModelRow.TABLE,
                DataCheckRow.TABLE,
                QuarantineRow.TABLE,
                RepresentativeRow.TABLE,
                ClusterElbowRow.TABLE,
                FleetStructureRow.TABLE,
                FeatureImportanceRow.TABLE,
                FeatureSelectionRow.TABLE,
                ImportanceMethodRow.TABLE,
                ImportanceAgreementRow.TABLE,
                TopKCurveRow.TABLE,
                BaselineRow.TABLE,
                BaselineSegmentRow.TABLE,
                RowsShareRow.TABLE,
                TrialRow.TABLE,
                TrialModelRow.TABLE,
                TechniqueDecisionRow.TABLE,
                TechniqueEvidenceRow.TABLE,
                ModelEffectRow.TABLE,
                DecisionPowerRow.TABLE,
                BenchmarkScoreRow.TABLE,
                TechniqueTransferRow.TABLE,
                ParameterSensitivityRow.TABLE,
                SurrogateSliceRow.TABLE,
                TemplateVersionRow.TABLE,
                BackTestRow.TABLE,
                BackTestVerdictRow.TABLE,
                ModelIterationRow.TABLE,
                SegmentMetricRow.TABLE,
                AdoptionRow.TABLE,
                ExportedModelRow.TABLE,
                PredictionRow.TABLE,
                ExperimentRow.TABLE,
                StudyModelRow.TABLE,
                FragmentedIterationRow.TABLE,
                StudyCycleRow.TABLE,
                StudyResultRow.TABLE,
                StudyFindingRow.TABLE,
                StudyContrastRow.TABLE,
                TechniqueRemovalRow.TABLE,
                EffortRow.TABLE);
    }
}
