"""Permutation importance by scikit-learn on as many features and rows: what dev.smt.importance is compared with.

Usage: python3 sklearn_peer.py ROWS [HIDDEN ...]. The network is an MLP on 300 numbers; only its scoring is timed, in seconds of the
processor, because others use the machine too.
"""
import sys
import time

import numpy
from sklearn.inspection import permutation_importance
from sklearn.neural_network import MLPClassifier

FEATURES = 300
rows, hidden = int(sys.argv[1]), tuple(int(width) for width in sys.argv[2:]) or (64, 32)
random = numpy.random.default_rng(1)
x = random.standard_normal((rows, FEATURES)).astype(numpy.float32)
y = (random.random(rows) < 1 / (1 + numpy.exp(-x[:, :30].sum(axis=1) * 0.4))).astype(int)
model = MLPClassifier(hidden, max_iter=1, early_stopping=False).fit(x[:20000], y[:20000])

passes = []
for _ in range(5):
    start = time.process_time()
    model.predict_proba(x)
    passes.append(time.process_time() - start)
start = time.process_time()
permutation_importance(model, x, y, scoring="neg_log_loss", n_repeats=1, random_state=1)
seconds = time.process_time() - start
print(f"scikit-learn, {FEATURES} features, {rows} rows, hidden {hidden}: {seconds:.2f} s; a pass takes {sorted(passes)[2]:.3f} s")
