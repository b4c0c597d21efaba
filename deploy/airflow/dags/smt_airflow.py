"""SMT's commands as Airflow tasks: what smt_dags.py is made of. Airflow 3.0 or later with apache-airflow-providers-apache-spark.

A task submits its command by deploy/spark/submit (or deploy/kubernetes/submit), as a person would: the log shows the line, and
pasted into a shell it does the same. Every command goes on where it was stopped, and two submits of the same work don't double it
(docs/cluster.md), so a task may be tried again at any time. Only bad input (exit code 2) is not tried again.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

# Where it is in every Airflow 3: airflow.exceptions first, airflow.sdk.exceptions later.
from airflow.providers.common.compat.sdk import AirflowFailException
from airflow.sdk import DAG, ObjectStoragePath, Param, TaskGroup, task

BAD_INPUT = 2
"""The exit code of a command whose usage, configuration or data is wrong: trying again mends nothing."""

TRAINING_POOL = "smt_training"
"""The pool of the tasks that train: its slots are how many of them may share the cluster."""

EXIT_CODES = (
    re.compile(r"Error code is: (\d+)"),  # client mode, or deploy/kubernetes/submit
    re.compile(r"Kubernetes spark exit code is: (\d+)"),  # cluster mode on Kubernetes
    re.compile(r"phase=Failed exit_code=(\d+)"),  # the same, with track_driver_via_k8s_api
    re.compile(r"User application exited with status (\d+)"),  # cluster mode on YARN, with yarn_track_via_rm_api
)
"""Where the Spark provider's exceptions name the exit code of the driver."""


@dataclass(frozen=True)
class Step:
    """A step of the cycle."""

    command: str
    phase: str
    trains: bool


STEPS = (
    Step("ingest", "prepare", trains=False),
    Step("representatives", "prepare", trains=False),
    Step("importance", "prepare", trains=True),
    Step("mmo", "choose", trains=True),
    Step("holdout", "choose", trains=True),
    Step("sensitivity", "choose", trains=False),
    Step("integrate", "publish", trains=False),
    Step("backtest", "publish", trains=True),
    Step("iterate", "roll_out", trains=True),
)
"""What `smt cycle` runs, in its order; a test of the build compares both."""

RETRIES = {
    "retries": 3,
    "retry_delay": timedelta(minutes=2),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=30),
}


def exit_codes(failure: BaseException) -> set[int]:
    """The exit codes that the Spark provider's exception names."""
    return {int(code) for pattern in EXIT_CODES for code in pattern.findall(str(failure))}


def run_date(context) -> datetime:
    """The date that a run is for; the same when it is tried again."""
    return context.get("logical_date") or context["dag_run"].run_after


def arguments(params, date: datetime) -> list[str]:
    """The options of a command, from the parameters of the run; %Y-%m-%d in a setting becomes the run's date."""
    settings = list(params["settings"])
    if params["warehouse"]:
        settings.insert(0, f"warehouse={params['warehouse']}")
    options = ["--conf", params["configuration"]]
    for setting in settings:
        options += ["--set", date.strftime(setting)]
    return options


class SmtOperator(SparkSubmitOperator):
    """Runs a command of SMT on Spark; what it is told is in the run's parameters.

    :param command: one of `smt --help`
    :param submit: deploy/spark/submit or deploy/kubernetes/submit of an installation, on the worker
    :param kwargs: of SparkSubmitOperator, such as conn_id, conf, num_executors, executor_memory, deploy_mode, env_vars
    """

    def __init__(self, *, command: str, submit: str, **kwargs) -> None:
        # The submit script takes spark-submit's options, then "--", then the command: "--" stands where the application would.
        super().__init__(application="--", spark_binary=submit, name=f"smt {command}", **kwargs)
        self.command = command

    def execute(self, context) -> None:
        self.application_args = [self.command, *arguments(context["params"], run_date(context))]
        try:
            super().execute(context)
        except Exception as failure:
            if BAD_INPUT in exit_codes(failure):
                raise AirflowFailException(
                    f"smt {self.command} says that its input is wrong; it is not tried again. {failure}"
                ) from failure
            raise


@task.sensor(task_id="new_data", poke_interval=timedelta(minutes=10), timeout=timedelta(days=2), mode="reschedule")
def new_data(**context) -> bool:
    """Waits for the file or folder that says that a run's data is complete; without one there is nothing to wait for."""
    marker = context["params"]["new_data"]
    return not marker or ObjectStoragePath(run_date(context).strftime(marker)).exists()


def parameters(configuration: str, warehouse: str | None, settings: list[str], marker: str | None) -> dict[str, Param]:
    """What may be changed for each run."""
    return {
        "configuration": Param(
            configuration,
            type="string",
            minLength=1,
            description="The fleet's configuration file, as the driver sees it.",
        ),
        "warehouse": Param(
            warehouse, type=["null", "string"], description="Where the tables are; empty: as the configuration says."
        ),
        "settings": Param(
            settings,
            type="array",
            items={"type": "string", "pattern": "^[^=]+=.*$"},
            description="key=value, each given as --set; %Y, %m, %d are of the run's date (and %% is a %).",
        ),
        "new_data": Param(
            marker,
            type=["null", "string"],
            description="Wait for this file or folder, such as s3://logs/dt=%Y-%m-%d/_SUCCESS; empty: don't wait.",
        ),
    }


def alerts() -> list:
    """Who is told of a task that failed for good: SMT_ALERT_EMAIL, by the connection smtp_default."""
    to = os.environ.get("SMT_ALERT_EMAIL")
    if not to:
        return []
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    return [
        SmtpNotifier(
            to=to,
            subject="SMT: {{ ti.dag_id }} failed at {{ ti.task_id }}",
            html_content="Run {{ run_id }}: {{ exception | e }}<br/>What was finished is kept: clear the task, and it goes on.",
        )
    ]


def smt_dag(dag_id: str, *, schedule, params: dict[str, Param], on_failure: list | None, doc: str) -> DAG:
    """A DAG with what all of SMT's have in common."""
    return DAG(
        dag_id=dag_id,
        schedule=schedule,
        start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
        catchup=False,
        # A second run would only wait for the leases of the first.
        max_active_runs=1,
        params=params,
        default_args={**RETRIES, "on_failure_callback": alerts() if on_failure is None else on_failure},
        tags=["smt"],
        doc_md=doc,
    )


def cycle_dag(
    dag_id: str,
    *,
    submit: str,
    configuration: str,
    warehouse: str | None = None,
    settings: list[str] | None = None,
    marker: str | None = None,
    schedule=None,
    on_failure: list | None = None,
    **spark,
) -> DAG:
    """A cycle on one fleet, a task per step; `spark` goes to SparkSubmitOperator."""
    params = parameters(configuration, warehouse, settings or [], marker)
    with smt_dag(dag_id, schedule=schedule, params=params, on_failure=on_failure, doc=CYCLE_DOC) as dag:
        before = new_data()
        groups: dict[str, TaskGroup] = {}
        for step in STEPS:
            if step.phase not in groups:
                groups[step.phase] = TaskGroup(group_id=step.phase)
            with groups[step.phase]:
                pool = {"pool": TRAINING_POOL} if step.trains else {}
                after = SmtOperator(task_id=step.command, command=step.command, submit=submit, **pool, **spark)
            before >> after
            before = after
    return dag


def command_dag(
    dag_id: str,
    *,
    command: str,
    submit: str,
    configuration: str,
    warehouse: str | None = None,
    settings: list[str] | None = None,
    marker: str | None = None,
    schedule=None,
    on_failure: list | None = None,
    trains: bool,
    **spark,
) -> DAG:
    """A single command on one fleet."""
    params = parameters(configuration, warehouse, settings or [], marker)
    with smt_dag(dag_id, schedule=schedule, params=params, on_failure=on_failure, doc=COMMAND_DOC[command]) as dag:
        pool = {"pool": TRAINING_POOL} if trains else {}
        new_data() >> SmtOperator(task_id=command, command=command, submit=submit, **pool, **spark)
    return dag


CYCLE_DOC = """
### A cycle of SMT

Techniques are tuned once on a few representative models, encoded in a template, and every model of the fleet is rebuilt from it.

| group | tasks | |
|---|---|---|
| | `new_data` | waits for the parameter `new_data`, where it is set |
| `prepare` | `ingest`, `representatives`, `importance` | examples, the models that stand for the fleet, the features that matter |
| `choose` | `mmo`, `holdout`, `sensitivity` | every technique tried; what held-out models say; what stays open to each model |
| `publish` | `integrate`, `backtest` | a new template version, tested against the old one |
| `roll_out` | `iterate` | every model rebuilt, shipped where it does not regress |

A task that failed goes on where it stopped: it is tried again by itself, and you may clear it at any time. One that failed **without
being tried again** has bad input: its log names every problem, and how to mend it. A step whose inputs did not change does nothing.
`smt status` says how far a running step is.
"""

COMMAND_DOC = {
    "study": """
### A study of several cycles

`smt study` runs the cycles that the configuration lists in `study.cycles`, and beside them tunes each model alone with the same
number of trainings. It is one task, because the command shares trainings between its parts. Stopped and started again, it goes on.
""",
    "maintain": """
### Housekeeping

`smt maintain` puts the small files of the result tables together, and deletes what no version of the last week needs. Studies may
run meanwhile.
""",
}
