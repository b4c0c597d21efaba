"""A fake of the few names of Airflow that the DAGs use, for machines without Airflow: it is no Airflow, and schedules nothing.

It keeps the tasks and their order, takes the keyword arguments that the real classes take (provider apache-spark 6.3.2) and no
others, and runs spark-submit as the provider does in client mode, with the provider's message where that fails.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

SUBMIT_ARGUMENTS = set(
    """application conf conn_id files py_files archives driver_class_path jars java_class packages exclude_packages repositories
    total_executor_cores executor_cores executor_memory driver_memory keytab principal proxy_user name num_executors
    status_poll_interval application_args env_vars verbose spark_binary properties_file yarn_queue deploy_mode use_krb5ccache
    post_submit_commands track_driver_via_k8s_api yarn_track_via_rm_api yarn_rm_auth durable""".split()
)
MASTERS = {"smt_spark": "local[2]"}
"""The fake's Spark connections."""


class AirflowException(Exception):
    pass


class AirflowFailException(AirflowException):
    pass


class DAG:
    current = None

    def __init__(self, *, dag_id, schedule, start_date, catchup, max_active_runs, params, default_args, tags, doc_md):
        self.dag_id, self.schedule, self.params, self.doc_md = dag_id, schedule, params, doc_md
        self.catchup, self.max_active_runs, self.default_args = catchup, max_active_runs, default_args
        self.tasks = {}

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *ignored):
        DAG.current = None


class TaskGroup:
    current = None

    def __init__(self, *, group_id):
        self.group_id = group_id

    def __enter__(self):
        TaskGroup.current = self

    def __exit__(self, *ignored):
        TaskGroup.current = None


class Task:
    def __init__(self, task_id, pool="default_pool"):
        group = TaskGroup.current
        self.task_id = f"{group.group_id}.{task_id}" if group else task_id
        self.pool = pool
        self.downstream = []
        DAG.current.tasks[self.task_id] = self

    def __rshift__(self, other):
        self.downstream.append(other.task_id)
        return other


class SparkSubmitOperator(Task):
    def __init__(self, *, task_id, pool="default_pool", **kwargs):
        unknown = set(kwargs) - SUBMIT_ARGUMENTS
        if unknown:
            raise TypeError(f"unexpected keyword arguments {sorted(unknown)}")
        super().__init__(task_id, pool)
        self.submit_arguments = kwargs
        self.application_args = kwargs.get("application_args")

    def line(self):
        given = self.submit_arguments
        words = [given["spark_binary"], "--master", MASTERS[given["conn_id"]]]
        for key, value in given.get("conf", {}).items():
            words += ["--conf", f"{key}={value}"]
        words += ["--name", given["name"], given["application"], *self.application_args]
        return words

    def execute(self, context):
        ended = subprocess.run(self.line(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        sys.stdout.write(ended.stdout)
        if ended.returncode:
            tail = "\n".join(ended.stdout.splitlines()[-20:])
            raise AirflowException(
                f"Cannot execute: {' '.join(self.line())}. Error code is: {ended.returncode}.\nLast spark-submit output:\n{tail}"
            )


class Param:
    def __init__(self, default=None, *, description, **schema):
        self.value, self.description, self.schema = default, description, schema


class SensorDecorator:
    @staticmethod
    def sensor(*, task_id, poke_interval, timeout, mode):
        def decorate(function):
            def make():
                made = Task(task_id)
                made.poke = lambda context: function(**context)
                return made

            return make

        return decorate


class SmtpNotifier:
    def __init__(self, *, to, subject, html_content):
        self.to, self.subject, self.html_content = to, subject, html_content


def install():
    """Puts the fake where the imports of the DAGs look."""
    modules = {
        "airflow.sdk": {
            "DAG": DAG,
            "ObjectStoragePath": Path,
            "Param": Param,
            "TaskGroup": TaskGroup,
            "task": SensorDecorator,
        },
        "airflow.providers.common.compat.sdk": {"AirflowFailException": AirflowFailException},
        "airflow.providers.apache.spark.operators.spark_submit": {"SparkSubmitOperator": SparkSubmitOperator},
        "airflow.providers.smtp.notifications.smtp": {"SmtpNotifier": SmtpNotifier},
    }
    for name, content in modules.items():
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            sys.modules.setdefault(".".join(parts[:length]), ModuleType(".".join(parts[:length])))
        vars(sys.modules[name]).update(content)
