"""Golden values of scikit-learn's Gaussian process for dev.smt.bayes.GaussianProcessGoldenTest.

    python3 benchmarks/optimizer/gaussian_process_golden.py \
        > templates-lib/src/test/resources/dev/smt/bayes/scikit-learn-gaussian-process.json

Needs scikit-learn (Debian: python3-sklearn 1.2.1). "fixed": likelihood and predictions at given hyperparameters, with
known noise and with duplicated points. "fitted": RMSE on 500 points after fitting to 40 points in 6 dimensions, with 5
restarts; the test points are not stored, the formula of `test_points` gives them.
"""

import json
import math
import sys
import warnings

import numpy as np
import sklearn
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

DIMENSION = 6
SEEDS = 8
PRIMES = [2, 3, 5, 7, 11, 13]
ALPHA = np.array([1.0, 1.2, 3.0, 3.2])
A = np.array(
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ]
)
P = np.array(
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]
)


def hartmann6(x):
    return -sum(ALPHA[i] * np.exp(-(A[i] * (x - P[i]) ** 2).sum(axis=1)) for i in range(4))


def additive(x):
    """The last two dimensions are irrelevant."""
    return np.sin(6 * x[:, 0]) + x[:, 1] ** 2 + 0.5 * np.cos(5 * x[:, 2]) + np.exp(-x[:, 3])


def test_points(count):
    """x[i][d] = fraction of (i + 1) * sqrt(d-th prime)."""
    return np.array([[math.modf((i + 1) * math.sqrt(p))[0] for p in PRIMES] for i in range(count)])


def fixed(name, points, values, noise, lengths, signal, white):
    scale = np.std(values)
    process = GaussianProcessRegressor(
        ConstantKernel(signal) * Matern(lengths, nu=2.5) + WhiteKernel(white),
        alpha=noise / scale**2 if np.any(noise > 0) else 1e-300,
        optimizer=None,
        normalize_y=True,
    ).fit(points, values)
    at = test_points(20)
    mean, deviation = process.predict(at, return_std=True)
    return {
        "name": name,
        "points": points.tolist(),
        "values": values.tolist(),
        "noiseVariances": noise.tolist(),
        "lengthScales": list(lengths),
        "signalVariance": signal,
        "noiseVariance": white,
        "logMarginalLikelihood": process.log_marginal_likelihood(),
        "means": mean.tolist(),
        "standardDeviations": deviation.tolist(),
    }


def fitted(name, function, seed):
    points = np.random.RandomState(seed).rand(40, DIMENSION).round(6)
    values = function(points)
    process = GaussianProcessRegressor(
        ConstantKernel(1, (1e-3, 1e3)) * Matern(np.ones(DIMENSION), (1e-2, 1e3), nu=2.5)
        + WhiteKernel(1e-3, (1e-8, 2)),
        normalize_y=True,
        n_restarts_optimizer=5,
        random_state=seed,
    ).fit(points, values)
    at = test_points(500)
    rmse = float(np.sqrt(np.mean((process.predict(at) - function(at)) ** 2)))
    return {"function": name, "seed": seed, "points": points.tolist(), "rmse": rmse}


def main():
    warnings.simplefilter("ignore")
    random = np.random.RandomState(7)
    points = random.rand(40, DIMENSION).round(6)
    values = additive(points) + 0.1 * random.randn(40)
    noise = random.rand(40).round(6) * 0.05
    twice = np.vstack([points[:15], points[:10], points[:5]])
    again = additive(twice) + 0.1 * random.randn(30)
    lengths = [0.4, 0.9, 0.7, 1.3, 3.0, 8.0]
    golden = {
        "source": "scikit-learn " + sklearn.__version__ + ", benchmarks/optimizer/gaussian_process_golden.py",
        "fixed": [
            fixed("learned noise", points, values, np.zeros(40), lengths, 1.3, 0.01),
            fixed("known noise", points, values, noise, lengths, 0.7, 1e-4),
            fixed("duplicates", twice, again, np.zeros(30), lengths, 1.3, 0.02),
            fixed("duplicates with known noise", twice, again, noise[:30], lengths, 1.3, 0.02),
        ],
        "fitted": [
            fitted(name, function, seed)
            for name, function in (("hartmann6", hartmann6), ("additive", additive))
            for seed in range(SEEDS)
        ],
    }
    json.dump(golden, sys.stdout)
    print()


if __name__ == "__main__":
    main()
