"""Fits logistic regression to features, its strength by cross-validation, and prints its Matthews correlation on others.

usage: linear-probe.py DIRECTORY WIDTH
DIRECTORY holds train.f32 and test.f32, rows of WIDTH little-endian floats, and train.u8 and test.u8, a label for each row.
"""

import sys

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import matthews_corrcoef
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

directory, width = sys.argv[1], int(sys.argv[2])


def read(name):
    features = np.fromfile(f"{directory}/{name}.f32", "<f4").reshape(-1, width)
    return features, np.fromfile(f"{directory}/{name}.u8", np.uint8)


train, labels = read("train")
test, truth = read("test")
folds = StratifiedKFold(5, shuffle=True, random_state=0)
regression = LogisticRegressionCV(Cs=np.logspace(-4, 2, 13), cv=folds, scoring="neg_log_loss", max_iter=5000)
probe = make_pipeline(StandardScaler(), regression).fit(train, labels)
print(matthews_corrcoef(truth, probe.predict(test)))
