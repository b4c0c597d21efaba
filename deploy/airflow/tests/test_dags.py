"""Tests of the DAGs: python3 -m unittest discover deploy/airflow/tests

They run against fake_airflow.py, so they say what the DAGs ask of Airflow, not that Airflow does it. Where Airflow and its Spark
provider are installed, the DAGs are also loaded by Airflow itself.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime
from pathlib import Path
from unittest import mock

HERE = Path(__file__).parent
DAGS = HERE.parent / "dags"
WITH_AIRFLOW = importlib.util.find_spec("airflow") is not None

sys.path[:0] = [str(HERE), str(DAGS)]
import fake_airflow  # noqa: E402

fake_airflow.install()
import smt_airflow  # noqa: E402
import smt_dags  # noqa: E402

DATE = datetime(2026, 11, 5)
PROVIDER_MESSAGES = {
    "client mode": "Cannot execute: submit --master yarn. Error code is: {}.\nLast spark-submit output:\n...",
    "Kubernetes": "Cannot execute: submit. Error code is: 0. Kubernetes spark exit code is: {}\nLast ...",
    "Kubernetes, tracked": "Spark application spark-1 failed (phase=Failed exit_code={} reason=Error)",
    "YARN, tracked": "YARN application application_1_1 ended with final status: FAILED\n"
    "Diagnostics: User application exited with status {}",
}


def context(**params):
    given = {"configuration": "fleet.conf", "warehouse": None, "settings": [], "new_data": None}
    return {"params": given | params, "logical_date": DATE}


def submitting(script: str):
    """A DAG whose submit script is the given one."""
    folder = tempfile.mkdtemp()
    submit = Path(folder) / "submit"
    submit.write_text(f"#!/bin/sh\n{script}\n")
    submit.chmod(0o755)
    return smt_airflow.command_dag(
        "one", command="maintain", trains=False, submit=str(submit), configuration="fleet.conf", conn_id="smt_spark"
    ).tasks["maintain"]


class CycleTest(unittest.TestCase):
    tasks = smt_dags.cycle.tasks

    def test_steps_run_one_after_the_other_once_the_data_is_there(self):
        order, task = [], "new_data"
        while task:
            order.append(task)
            following = self.tasks[task].downstream
            self.assertLessEqual(len(following), 1)
            task = following[0] if following else None
        self.assertEqual(
            order,
            ["new_data", "prepare.ingest", "prepare.representatives", "prepare.importance", "choose.mmo", "choose.holdout"]
            + ["choose.sensitivity", "publish.integrate", "publish.backtest", "roll_out.iterate"],
        )
        self.assertEqual(set(order), set(self.tasks))

    def test_steps_that_train_share_the_pool(self):
        self.assertEqual(
            [name for name, task in self.tasks.items() if task.pool == "smt_training"],
            ["prepare.importance", "choose.mmo", "choose.holdout", "publish.backtest", "roll_out.iterate"],
        )

    def test_one_run_at_a_time_is_tried_again(self):
        self.assertEqual(smt_dags.cycle.max_active_runs, 1)
        self.assertFalse(smt_dags.cycle.catchup)
        self.assertEqual(smt_dags.cycle.default_args["retries"], 3)

    def test_every_dag_explains_itself_and_its_parameters(self):
        for dag in (smt_dags.cycle, smt_dags.study, smt_dags.maintain):
            self.assertTrue(dag.doc_md.strip().startswith("### "))
            self.assertEqual(list(dag.params), ["configuration", "warehouse", "settings", "new_data"])
            for param in dag.params.values():
                self.assertTrue(param.description.endswith("."))


class CommandTest(unittest.TestCase):
    def test_the_line_is_one_that_a_person_would_type(self):
        task = submitting('echo "$@"')
        task.execute(context(warehouse="s3a://smt/wh", settings=["data=s3a://logs/%Y-%m-%d", "cycle.number=%Y%m"]))
        self.assertEqual(
            task.line()[1:],
            ["--master", "local[2]", "--name", "smt maintain", "--", "maintain", "--conf", "fleet.conf"]
            + ["--set", "warehouse=s3a://smt/wh", "--set", "data=s3a://logs/2026-11-05", "--set", "cycle.number=202611"],
        )

    def test_a_run_without_a_logical_date_takes_the_time_it_was_asked_for(self):
        run = mock.Mock(run_after=datetime(2025, 2, 3))
        self.assertEqual(smt_airflow.run_date({"logical_date": None, "dag_run": run}), datetime(2025, 2, 3))

    def test_bad_input_is_not_tried_again(self):
        with self.assertRaisesRegex(fake_airflow.AirflowFailException, "(?s)smt maintain says.*1 problem: no such file"):
            submitting("echo '1 problem: no such file'; exit 2").execute(context())

    def test_a_failure_is_tried_again(self):
        for code in (1, 134, 137):
            with self.assertRaises(fake_airflow.AirflowException) as failed:
                submitting(f"exit {code}").execute(context())
            self.assertNotIsInstance(failed.exception, fake_airflow.AirflowFailException)

    def test_the_exit_code_is_found_in_every_message_of_the_provider(self):
        for mode, message in PROVIDER_MESSAGES.items():
            for code in (1, 2, 137):
                with self.subTest(mode=mode, code=code):
                    self.assertIn(code, smt_airflow.exit_codes(RuntimeError(message.format(code))))
                    self.assertEqual(2 in smt_airflow.exit_codes(RuntimeError(message.format(code))), code == 2)


class NewDataTest(unittest.TestCase):
    poke = staticmethod(smt_dags.cycle.tasks["new_data"].poke)

    def test_without_a_marker_there_is_nothing_to_wait_for(self):
        self.assertTrue(self.poke(context()))

    def test_waits_for_the_marker_of_the_runs_date(self):
        with tempfile.TemporaryDirectory() as folder:
            marker = f"{folder}/dt=%Y-%m-%d"
            self.assertFalse(self.poke(context(new_data=marker)))
            Path(folder, "dt=2026-11-05").touch()
            self.assertTrue(self.poke(context(new_data=marker)))


class AlertTest(unittest.TestCase):
    def test_nobody_is_told_unless_somebody_is_named(self):
        self.assertEqual(smt_dags.cycle.default_args["on_failure_callback"], [])

    def test_a_named_person_gets_a_mail(self):
        with mock.patch.dict(os.environ, {"SMT_ALERT_EMAIL": "ranking@example.com"}):
            (notifier,) = smt_airflow.alerts()
        self.assertEqual(notifier.to, "ranking@example.com")
        self.assertIn("{{ ti.task_id }}", notifier.subject)


@unittest.skipUnless(WITH_AIRFLOW, "Airflow is not installed: its own loading of the DAGs is not tested")
class RealAirflowTest(unittest.TestCase):
    def test_airflow_loads_the_dags(self):
        loaded = subprocess.run(
            [sys.executable, "-c", "import smt_dags as d; print(sorted(d.cycle.task_ids))"],
            env={**os.environ, "PYTHONPATH": str(DAGS)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(loaded.returncode, 0, loaded.stderr)
        self.assertIn("roll_out.iterate", loaded.stdout)


if __name__ == "__main__":
    unittest.main()
