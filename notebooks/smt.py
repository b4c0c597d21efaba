"""Result tables as pandas data frames, for notebooks.

Spark runs inside this Python process, with the libraries that `bin/smt` built. Queries can only read, as in `smt sql`.
"""

import getpass
import json
import os
import tempfile
from pathlib import Path

import jpype
import pandas as pd

HOME = Path(__file__).resolve().parent.parent
BUILD = HOME / "jobs" / "target"
# Debian's jpype keeps its jar here; pip's finds its own.
DEBIAN_JAR = Path("/usr/share/java/org.jpype.jar")
SPARK = {
    "spark.master": "local[*]",
    "spark.app.name": "smt notebook",
    "spark.ui.enabled": "false",
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    # The tables are small: compiling a query costs more than running it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.databricks.delta.snapshotPartitions": "2",
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": "4",
}


class Warehouse:
    """The result tables and views of one warehouse folder; the environment variable SMT_WAREHOUSE names another one."""

    def __init__(self, folder="warehouse/demo"):
        path = HOME / os.environ.get("SMT_WAREHOUSE", folder)
        if not (path / "runs").is_dir():
            raise SystemExit(f"{path} is not a warehouse: it has no table runs. `bin/smt demo` makes warehouse/demo; "
                             "SMT_WAREHOUSE names another folder.")
        _start_java()
        builder = jpype.JClass("org.apache.spark.sql.SparkSession").builder()
        for key, value in SPARK.items():
            builder = builder.config(key, value)
        table = jpype.JPackage("dev").smt.jobs.table
        self._warehouse = table.Warehouse.open(builder.getOrCreate(), str(path))
        self._queries = table.ReadOnlyQuery

    def query(self, sql):
        """The rows of a SELECT over tables and views, by their names."""
        try:
            rows = self._queries.rows(self._warehouse, sql)
        except jpype.JClass("dev.smt.jobs.config.InvalidInputException") as wrong:
            raise ValueError(str(wrong.getMessage())) from None
        records = [json.loads(str(row)) for row in rows.toJSON().collectAsList()]
        frame = pd.DataFrame(records, columns=[str(column) for column in rows.columns()])
        for field in rows.schema().fields():
            if str(field.dataType().typeName()) == "timestamp":
                name = str(field.name())
                frame[name] = pd.to_datetime(frame[name])
        return frame


def _start_java():
    if jpype.isJVMStarted():
        return
    files = [BUILD / name for name in ("smt-jobs.jar", "classpath.txt", "jvm-options.txt")]
    if not all(file.is_file() for file in files):
        raise SystemExit(f"SMT is not built in {HOME}: run bin/smt --version there.")
    jar, class_path, options = files
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    log = Path(tempfile.gettempdir()) / f"smt-notebook-{getpass.getuser()}.log"
    jars = [str(jar), *class_path.read_text().strip().split(os.pathsep)]
    if DEBIAN_JAR.is_file():
        jars.append(str(DEBIAN_JAR))
    jpype.startJVM("-Xmx2g", "-XX:TieredStopAtLevel=1", *options.read_text().split(), f"-Dsmt.home={HOME}", f"-Dsmt.log.file={log}",
                   classpath=jars, convertStrings=False)
