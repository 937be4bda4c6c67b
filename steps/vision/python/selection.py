"""Which epoch is kept, as src/trainer/is-better.ts says."""


def matthews(labels, predictions):
    pairs = list(zip(labels, predictions))
    tp, tn = pairs.count((1, 1)), pairs.count((0, 0))
    fp, fn = pairs.count((0, 1)), pairs.count((1, 0))
    below = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    return 0.0 if below == 0 else (tp * tn - fp * fn) / below**0.5


def resolution(labels):
    """What one image can move MCC, nearly: one part in the images of the rarer class."""
    return 1 / max(1, min(sum(labels), len(labels) - sum(labels)))


def is_better(row, kept, history, step):
    """Among epochs within one image of the greatest MCC yet, the one of least loss wins. `history` includes `row`."""
    least = max(each["mcc"] for each in history) - step - 1e-12
    if row["mcc"] < least:
        return False
    return kept is None or kept["mcc"] < least or row["val_loss"] < kept["val_loss"]
