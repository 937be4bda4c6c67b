"""Times exact k-NN of scipy and scikit-learn on one thread, in processor time, and prints it as JSON.

Usage: peers.py POINTS.npy QUERIES.npy K. OPENBLAS_NUM_THREADS and OMP_NUM_THREADS must be set.
"""

import json
import sys
import time

import numpy as np

points, queries, k = np.load(sys.argv[1]), np.load(sys.argv[2]), int(sys.argv[3])


def timed(build, query):
    start = time.process_time()
    index = build()
    built = time.process_time()
    distances, rows = query(index)
    return {
        "build": 1000 * (built - start),
        "query": 1000 * (time.process_time() - built),
        "last": float(np.asarray(distances)[-1, -1]),
        "row": int(np.asarray(rows)[-1, -1]),
    }


def scipy_tree():
    from scipy.spatial import cKDTree

    return timed(lambda: cKDTree(points), lambda tree: tree.query(queries, k))


def ball_tree():
    from sklearn.neighbors import BallTree

    return timed(lambda: BallTree(points), lambda tree: tree.query(queries, k))


def brute():
    from sklearn.neighbors import NearestNeighbors

    model = NearestNeighbors(algorithm="brute", n_neighbors=k, n_jobs=1)
    return timed(lambda: model.fit(points), lambda fitted: fitted.kneighbors(queries))


results = {}
for name, side in {"cKDTree": scipy_tree, "BallTree": ball_tree, "sklearn brute": brute}.items():
    try:
        results[name] = side()
    except ImportError:
        continue
print(json.dumps(results))
