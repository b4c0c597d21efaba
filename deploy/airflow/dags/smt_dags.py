"""The DAGs of your fleets. Copy this folder into Airflow's DAG bundle, and change what stands here; docs/deploying.md explains it."""

from __future__ import annotations

import os

from smt_airflow import command_dag, cycle_dag

# An installation of SMT on the workers: a checkout, built with mvn -Pcluster -DskipTests package. SPARK_HOME is in their environment.
HOME = os.environ.get("SMT_HOME", "/opt/smt")
FLEET = {
    "submit": f"{HOME}/deploy/spark/submit",
    "configuration": f"{HOME}/conf/demo.conf",
    # The Spark connection: its host is the master, such as spark://HOST:7077, yarn, or k8s://https://HOST:6443.
    "conn_id": os.environ.get("SMT_SPARK_CONNECTION", "smt_spark"),
}

# Started by hand. On a schedule, number the cycles by date: schedule="@monthly", settings=["cycle.number=%Y%m"]
cycle = cycle_dag("smt_cycle", **FLEET)

study = command_dag(
    "smt_study", command="study", trains=True, **{**FLEET, "configuration": f"{HOME}/conf/demo-study.conf"}
)

maintain = command_dag("smt_maintain", command="maintain", trains=False, schedule="@weekly", **FLEET)
