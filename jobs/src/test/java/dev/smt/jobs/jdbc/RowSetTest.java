package dev.smt.jobs.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.hive.service.rpc.thrift.TColumnDesc;
import org.apache.hive.service.rpc.thrift.TPrimitiveTypeEntry;
import org.apache.hive.service.rpc.thrift.TRowSet;
import org.apache.hive.service.rpc.thrift.TTypeId;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How rows are sent: column by column, an empty cell as a bit. */
class RowSetTest {
    @Test
    void cellsKeepTheirTypes() {
        StructType schema = new StructType()
                .add("a", DataTypes.BooleanType)
                .add("b", DataTypes.ByteType)
                .add("c", DataTypes.ShortType)
                .add("d", DataTypes.IntegerType)
                .add("e", DataTypes.LongType)
                .add("f", DataTypes.FloatType)
                .add("g", DataTypes.DoubleType)
                .add("h", DataTypes.createDecimalType(10, 2))
                .add("i", DataTypes.BinaryType);
        Row row = RowFactory.create(true, (byte) 1, (short) 2, 3, 4L, 0.1f, 0.5, "1.50", new byte[] {7, 8});
        TRowSet set = RowSet.of(schema, List.of(row), 5);
        assertThat(set.getStartRowOffset()).isEqualTo(5);
        assertThat(set.getColumns().get(0).getBoolVal().getValues()).containsExactly(true);
        assertThat(set.getColumns().get(1).getByteVal().getValues()).containsExactly((byte) 1);
        assertThat(set.getColumns().get(2).getI16Val().getValues()).containsExactly((short) 2);
        assertThat(set.getColumns().get(3).getI32Val().getValues()).containsExactly(3);
        assertThat(set.getColumns().get(4).getI64Val().getValues()).containsExactly(4L);
        assertThat(set.getColumns().get(5).getDoubleVal().getValues()).containsExactly(0.1);
        assertThat(set.getColumns().get(6).getDoubleVal().getValues()).containsExactly(0.5);
        assertThat(set.getColumns().get(7).getStringVal().getValues()).containsExactly("1.50");
        assertThat(set.getColumns().get(8).getBinaryVal().getValues().get(0).array())
                .containsExactly(7, 8);
    }

    @Test
    void emptyCellsAreBitsFromTheLowestOn() {
        StructType schema = new StructType().add("n", DataTypes.IntegerType);
        List<Row> rows = IntStream.range(0, 10)
                .mapToObj(i -> RowFactory.create(i == 1 || i == 9 ? null : (Object) i))
                .toList();
        TRowSet set = RowSet.of(schema, rows, 0);
        assertThat(set.getColumns().get(0).getI32Val().getNulls()).containsExactly(0b10, 0b10);
        assertThat(set.getColumns().get(0).getI32Val().getValues()).containsExactly(0, 0, 2, 3, 4, 5, 6, 7, 8, 0);
    }

    @Test
    void aPieceWithoutRowsHasItsColumns() {
        TRowSet set = RowSet.of(new StructType().add("n", DataTypes.IntegerType), List.of(), 3);
        assertThat(set.getRows()).isEmpty();
        assertThat(set.getColumns()).hasSize(1);
        assertThat(set.getColumns().get(0).getI32Val().getNulls()).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, BOOLEAN_TYPE",
        "tinyint, TINYINT_TYPE",
        "smallint, SMALLINT_TYPE",
        "int, INT_TYPE",
        "bigint, BIGINT_TYPE",
        "float, FLOAT_TYPE",
        "double, DOUBLE_TYPE",
        "'decimal(10,2)', DECIMAL_TYPE",
        "string, STRING_TYPE",
        "varchar(3), STRING_TYPE",
        "binary, BINARY_TYPE",
        "date, DATE_TYPE",
        "timestamp, TIMESTAMP_TYPE",
        "timestamp_ntz, TIMESTAMP_TYPE",
        "array<int>, ARRAY_TYPE",
        "'map<string,int>', MAP_TYPE",
        "'struct<a:int>', STRUCT_TYPE",
        "interval day, STRING_TYPE",
        "void, STRING_TYPE",
    })
    void columnsAreOfTheTypesThatDriversKnow(String type, TTypeId id) {
        assertThat(entry(DataType.fromDDL(type)).getType()).isEqualTo(id);
    }

    @Test
    void aDecimalSaysItsDigits() {
        var qualifiers =
                entry(DataTypes.createDecimalType(10, 2)).getTypeQualifiers().getQualifiers();
        assertThat(qualifiers.get("precision").getI32Value()).isEqualTo(10);
        assertThat(qualifiers.get("scale").getI32Value()).isEqualTo(2);
    }

    @Test
    void columnsHaveNamesPlacesAndComments() {
        StructType schema = new StructType()
                .add(DataTypes.createStructField("a", DataTypes.LongType, true).withComment("what it means"))
                .add("a", DataTypes.StringType);
        List<TColumnDesc> columns = RowSet.schema(schema).getColumns();
        assertThat(columns).extracting(TColumnDesc::getColumnName).containsExactly("a", "a");
        assertThat(columns).extracting(TColumnDesc::getPosition).containsExactly(1, 2);
        assertThat(columns).extracting(TColumnDesc::getComment).containsExactly("what it means", "");
    }

    private static TPrimitiveTypeEntry entry(DataType type) {
        return RowSet.schema(new StructType().add("x", type))
                .getColumns()
                .get(0)
                .getTypeDesc()
                .getTypes()
                .get(0)
                .getPrimitiveEntry();
    }
}
