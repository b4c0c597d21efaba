package dev.smt.jobs.generate;

import dev.smt.fleet.FleetModel;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of {@code fleet}: what {@code ingest} reads as the fleet's models. */
final class FleetTable {
    private FleetTable() {}

    static StructType schema() {
        return new StructType()
                .add("model_id", DataTypes.StringType, false)
                .add("ranking_stage", DataTypes.StringType, false)
                .add("flops", DataTypes.DoubleType, false)
                .add("hardware", DataTypes.StringType, false)
                .add("event", DataTypes.StringType, false)
                .add("surface", DataTypes.StringType, false)
                .add("data_constraint", DataTypes.StringType, false)
                .add("weight", DataTypes.DoubleType, false)
                .add("pipeline", DataTypes.StringType, false)
                .add("label", DataTypes.StringType, false)
                .add("template", DataTypes.StringType, false)
                .add("baseline", DataTypes.StringType, false);
    }

    static List<Row> rows(PlantedFleet fleet) {
        return fleet.models().stream().map(member -> row(member.model())).toList();
    }

    private static Row row(FleetModel model) {
        return RowFactory.create(
                model.id(),
                model.stage().label(),
                model.flops(),
                model.hardware(),
                model.event(),
                model.surface(),
                model.dataConstraint(),
                model.weight(),
                model.pipeline(),
                model.label(),
                model.template(),
                model.baseline());
    }
}
