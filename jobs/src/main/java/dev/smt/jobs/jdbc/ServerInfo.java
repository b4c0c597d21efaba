package dev.smt.jobs.jdbc;

import java.util.Map;
import org.apache.hive.service.rpc.thrift.TGetInfoType;
import org.apache.hive.service.rpc.thrift.TGetInfoValue;

/** What drivers ask about the server before they ask for data. */
final class ServerInfo {
    /** What drivers know a server by besides: Spark sorts empty cells first. */
    static final Map<String, String> CONFIGURATION = Map.of("hive.default.nulls.last", "false");

    /** Tools choose their dialect by it; the dialect is Spark's. */
    private static final String PRODUCT = "Spark SQL";

    private static final int LONGEST_NAME = 128;

    private ServerInfo() {}

    /** @throws StatementFailure where it is nothing that this server has an answer to */
    static TGetInfoValue of(TGetInfoType type, String version) {
        return switch (type) {
            case CLI_SERVER_NAME, CLI_DBMS_NAME -> TGetInfoValue.stringValue(PRODUCT);
            case CLI_DBMS_VER -> TGetInfoValue.stringValue(version);
            case CLI_DATA_SOURCE_READ_ONLY -> TGetInfoValue.stringValue("Y");
            case CLI_IDENTIFIER_QUOTE_CHAR -> TGetInfoValue.stringValue("`");
            case CLI_SEARCH_PATTERN_ESCAPE -> TGetInfoValue.stringValue("\\");
                // Keywords beyond those of the SQL standard: none that need a quote here.
            case CLI_ODBC_KEYWORDS -> TGetInfoValue.stringValue("");
            case CLI_MAX_COLUMN_NAME_LEN,
                    CLI_MAX_SCHEMA_NAME_LEN,
                    CLI_MAX_TABLE_NAME_LEN,
                    CLI_MAX_IDENTIFIER_LEN -> TGetInfoValue.lenValue(LONGEST_NAME);
            default -> throw new StatementFailure(
                    StatementFailure.NOT_SUPPORTED, type + " is not known to this server");
        };
    }
}
