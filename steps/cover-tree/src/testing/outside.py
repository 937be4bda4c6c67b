"""Exact neighbours by scipy and scikit-learn: outside.py POINTS.npy QUERIES.npy K prints JSON."""

import json
import sys

import numpy as np
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist
from sklearn.neighbors import BallTree, NearestNeighbors

points, queries, k = np.load(sys.argv[1]), np.load(sys.argv[2]), int(sys.argv[3])


def sorted_by(metric):
    return np.sort(cdist(queries, points, metric), axis=1)[:, :k].tolist()


print(
    json.dumps(
        {
            "cKDTree": cKDTree(points).query(queries, k)[0].tolist(),
            "BallTree": BallTree(points).query(queries, k)[0].tolist(),
            "brute": NearestNeighbors(algorithm="kd_tree", n_neighbors=k).fit(points).kneighbors(queries)[0].tolist(),
            "cosine": sorted_by("cosine"),
            "correlation": sorted_by("correlation"),
        }
    )
)
