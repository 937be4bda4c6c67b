"""Fits logistic regression on pixels, and a support vector machine on histograms of oriented gradients, with scikit-learn.

usage: baselines.py DIRECTORY
DIRECTORY holds the splits train and val_test as vision/dataset writes them. Prints the test MCC of both.
"""

import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import matthews_corrcoef
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def read(split):
    with open(f"{sys.argv[1]}/{split}/index.json", encoding="utf-8") as file:
        index = json.load(file)
    pixels = np.fromfile(f"{sys.argv[1]}/{split}/images.u8", np.uint8)
    images = pixels.reshape(index["count"], index["size"], index["size"], 3) / 255
    return images, np.fromfile(f"{sys.argv[1]}/{split}/labels.u8", np.uint8)


def hog(images, cell=4, bins=9):
    """Dalal and Triggs 2005: unsigned orientations, cells of 4 pixels, blocks of 2 × 2 cells, L2 norm with clipping."""
    grey = images.mean(-1)
    down, along = np.gradient(grey, axis=(1, 2))
    length, angle = np.hypot(along, down), np.mod(np.arctan2(down, along), np.pi)
    place = angle / np.pi * bins
    lower = np.floor(place).astype(int) % bins
    share = place - np.floor(place)
    count, size = grey.shape[0], grey.shape[1] // cell
    cells = np.zeros((count, size, size, bins))
    for row in range(size * cell):
        for column in range(size * cell):
            at = (np.arange(count), row // cell, column // cell)
            weight = length[:, row, column]
            np.add.at(cells, (*at, lower[:, row, column]), weight * (1 - share[:, row, column]))
            np.add.at(cells, (*at, (lower[:, row, column] + 1) % bins), weight * share[:, row, column])
    corners = [cells[:, a : size - 1 + a, b : size - 1 + b] for a in (0, 1) for b in (0, 1)]
    blocks = np.concatenate(corners, -1)
    blocks /= np.sqrt((blocks**2).sum(-1, keepdims=True) + 1e-6)
    blocks = np.minimum(blocks, 0.2)
    blocks /= np.sqrt((blocks**2).sum(-1, keepdims=True) + 1e-6)
    return blocks.reshape(count, -1)


train, labels = read("train")
test, truth = read("val_test")
flat = [images.reshape(len(images), -1) for images in (train, test)]
linear = LogisticRegression(max_iter=5000).fit(flat[0], labels)
machine = make_pipeline(StandardScaler(), SVC(C=10)).fit(hog(train), labels)
print(matthews_corrcoef(truth, linear.predict(flat[1])))
print(matthews_corrcoef(truth, machine.predict(hog(test))))
