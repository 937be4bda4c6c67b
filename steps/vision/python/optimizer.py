"""AdamW with a moving average of the weights, on one flat vector, as src/trainer/optimizer.ts says."""

import math

import torch

VECTORS = ("values", "moment1", "moment2", "average")


def start(values):
    zeros = torch.zeros_like(values)
    return {"values": values, "moment1": zeros, "moment2": zeros.clone(), "average": values.clone(), "step": 0}


def update(state, gradient, decays, rate, options):
    """One update in place. `decays` is 1 where weight decay applies, 0 elsewhere."""
    state["step"] += 1
    step = state["step"]
    # In double precision, in which no sum of squares of finite values overflows.
    length = float(gradient.double().norm())
    slope = gradient * min(1.0, options["clip"] / (length + 1e-12))
    state["moment1"].mul_(0.9).add_(slope, alpha=0.1)
    state["moment2"].mul_(0.999).addcmul_(slope, slope, value=0.001)
    root = (state["moment2"] / (1 - 0.999**step)).sqrt_().add_(1e-8)
    state["values"].mul_(1 - rate * options["weightDecay"] * decays)
    state["values"].addcdiv_(state["moment1"], root, value=-rate / (1 - 0.9**step))
    keep = min(options["averageDecay"], (1 + step) / (10 + step))
    state["average"].mul_(keep).add_(state["values"], alpha=1 - keep)


def learning_rate(step, peak, warm_up, total):
    """A straight rise over the first `warm_up` updates, then half a cosine down to a hundredth of `peak`."""
    if step < warm_up:
        return peak * (step + 1) / warm_up
    done = min(1, (step - warm_up) / max(1, total - 1 - warm_up))
    floor = peak / 100
    return floor + (peak - floor) * (1 + math.cos(math.pi * done)) / 2
