"""Golden values of scikit-learn's metrics for dev.smt.training.EvaluationGoldenTest.

    python3 benchmarks/metric/evaluation_golden.py \
        > templates-lib/src/test/resources/dev/smt/training/scikit-learn-evaluation.json

Needs scikit-learn (Debian: python3-sklearn 1.2.1). Logits are float32 numbers, as networks give them out. The losses are
of both probabilities of a row, each from its own logistic function, so that 1 - p is not rounded to 0. The normalized
entropy is the log loss over that of the training rows' base rate on the training rows.
"""

import json
import sys

import numpy as np
import sklearn
from scipy.special import expit
from sklearn.metrics import log_loss, roc_auc_score

# Far below every probability of a case: scikit-learn's usual bound would hide what extreme probabilities cost.
SMALLEST = 1e-306


def metrics(name, logits, labels, training_positives, training_rows):
    logits = logits.astype(np.float32).astype(np.float64)
    weights = np.ones(len(labels))
    both = np.column_stack([expit(-logits), expit(logits)])
    training = np.arange(training_rows) < training_positives
    base_rate = training_positives / training_rows
    entropy = log_loss(training, np.full(training_rows, base_rate), sample_weight=np.ones(training_rows))
    loss = log_loss(labels, both, eps=SMALLEST, sample_weight=weights, labels=[0, 1])
    return {
        "name": name,
        "logits": logits.tolist(),
        "labels": labels.astype(int).tolist(),
        "baseRate": base_rate,
        "logLoss": loss,
        "normalizedEntropy": loss / entropy,
        "auc": roc_auc_score(labels, logits, sample_weight=weights),
        "calibration": float(np.average(both[:, 1], weights=weights) / np.average(labels, weights=weights)),
        "positives": int(labels.sum()),
    }


def labels_of(random, logits):
    return (random.rand(len(logits)) < expit(logits)).astype(float)


def main():
    random = np.random.RandomState(11)
    usual = random.randn(400) * 1.2 - 2
    ties = np.round(random.randn(400) * 2) / 2
    extreme = np.concatenate([random.randn(60), [-700, -90, -88, -40, -36, -20, 20, 36, 37, 40, 88, 90, 700]])
    saturated = np.array([-40, -39, -38, 38, 39, 40, 41, 42.0])
    golden = {
        "source": "scikit-learn " + sklearn.__version__ + ", benchmarks/metric/evaluation_golden.py",
        "cases": [
            metrics("usual", usual, labels_of(random, usual), 137, 1000),
            metrics("ties", ties, labels_of(random, ties), 500, 1000),
            metrics("all tied", np.full(20, -1.5), (np.arange(20) % 4 == 0).astype(float), 1, 4),
            metrics("wrong order", np.array([3.0, 2, 1, 0]), np.array([0.0, 0, 1, 1]), 1, 2),
            metrics("extreme probabilities", extreme, (np.arange(len(extreme)) % 3 == 0).astype(float), 3, 2000),
            metrics("equal as numbers, not as logits", saturated, np.array([0.0, 1, 0, 0, 1, 1, 0, 1]), 1, 2),
        ],
    }
    json.dump(golden, sys.stdout)
    print()


if __name__ == "__main__":
    main()
