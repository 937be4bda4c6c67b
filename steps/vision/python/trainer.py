"""Trains and runs classifiers for the provider `torch` of vision/trainer.

usage: trainer.py DIRECTORY

DIRECTORY holds a request, and takes the answer; descriptor ORCHESTRATE_EVENTS_FD takes what is told meanwhile. What
stands in which file is described in docs/formats/vision-trainer.md.
"""

import hashlib
import json
import math
import os
import sys

import torch
import torch.nn.functional as F

import optimizer
import safetensors
from augment import augment
from network import forward, to_views
from selection import is_better, matthews, resolution


def main(directory):
    def place(name):
        return os.path.join(directory, name)

    with open(place("request.json"), encoding="utf-8") as file:
        request = json.load(file)
    torch.set_num_threads(request["threads"])
    torch.use_deterministic_algorithms(True, warn_only=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tell({"log": f"torch {torch.__version__} on {device}, threads {torch.get_num_threads()}"})
    weights, _ = safetensors.read(place("start.safetensors"))
    images = {name: read_images(place, name, request, device) for name in request["images"]}
    if request["task"] == "predict":
        network = {name: tensor.to(device) for name, tensor in weights.items()}
        logits, features = run(request, network, images["predict"])
        safetensors.write(place("predicted.safetensors"), {"logits": logits, "features": features}, {})
        return
    state, best, history = Training(request, weights, images, place, device).fit()
    trained = dict(zip(weights, unflatten(best["values"], weights)))
    safetensors.write(place("trained.safetensors"), trained, {"history": json.dumps(history)})


class Training:
    def __init__(self, request, weights, images, place, device):
        self.request, self.weights, self.images, self.place = request, weights, images, place
        self.options = request["options"]
        self.device = device
        decays = [torch.full((tensor.numel(),), float(name.endswith(".weight"))) for name, tensor in weights.items()]
        self.decays = torch.cat(decays).to(device)
        self.labels = images["train"]["labels"]
        self.class_weights = class_weights(self.labels, self.options["classWeights"])
        self.one_image = resolution(images["select"]["labels"].tolist())

    def fit(self):
        state, best, history = self.begin()
        while len(history) < self.options["epochs"]:
            if best is not None and len(history) - best["row"]["epoch"] >= self.options["patience"]:
                break
            row = self.train_epoch(state, len(history) + 1)
            history.append(row)
            if is_better(row, best and best["row"], history, self.one_image):
                best = {"row": row, "values": state["average"].clone()}
            tell({"epoch": row})
            if row["epoch"] % self.request["checkpoint_every"] == 0:
                self.save(state, best, history)
        return state, best, history

    def begin(self):
        resume = self.place("resume.safetensors")
        if not os.path.exists(resume):
            flat = torch.cat([tensor.reshape(-1) for tensor in self.weights.values()])
            return optimizer.start(flat.to(self.device)), None, []
        vectors, metadata = safetensors.read(resume)
        progress = json.loads(metadata["progress"])
        if progress["seeds"] != self.request["seeds"]:
            fail("checkpoint-malformed", "The training checkpoint was made with other seeds.")
        if vectors["values"].numel() != self.decays.numel():
            sizes = f'{vectors["values"].numel()} values of "values", the model has {self.decays.numel()} parameters'
            fail("checkpoint-malformed", f"The training checkpoint has {sizes}.")
        vectors = {name: vector.to(self.device) for name, vector in vectors.items()}
        best = progress["best"] and {"row": progress["best"], "values": vectors.pop("best")}
        return {**vectors, "step": progress["step"]}, best, progress["history"]

    def save(self, state, best, history):
        vectors = {name: state[name] for name in optimizer.VECTORS}
        progress = {"step": state["step"], "seeds": self.request["seeds"], "history": history, "best": best["row"]}
        name = f"checkpoint-{len(history)}.safetensors"
        metadata = {"format": "vision.training/1", "progress": json.dumps(progress)}
        safetensors.write(self.place(name), {**vectors, "best": best["values"]}, metadata)
        tell({"checkpoint": name})

    def train_epoch(self, state, epoch):
        options, count = self.options, len(self.labels)
        order = torch.randperm(count, generator=seeded(self.request["seeds"]["order"], epoch))
        random = seeded(self.request["seeds"]["augmentation"], epoch)
        batches = math.ceil(count / options["batch"])
        total = batches * options["epochs"]
        losses, rate = 0.0, 0.0
        for index in range(batches):
            chosen = order[index * count // batches : (index + 1) * count // batches]
            loss, gradient = self.differentiate(state["values"], chosen.to(self.device), random)
            self.check_finite(loss, gradient, epoch, state["step"] + 1)
            rate = optimizer.learning_rate(state["step"], options["lr"], math.ceil(total * options["warmUp"]), total)
            optimizer.update(state, gradient, self.decays, rate, options)
            losses += loss
        return {"epoch": epoch, "train_loss": losses / batches, **self.evaluate(state, epoch), "lr": rate}

    def differentiate(self, values, chosen, random):
        architecture, preprocessing = self.request["architecture"], self.request["preprocessing"]
        drawn = augment(self.images["train"]["pixels"][chosen].float(), self.options["augment"], random)
        flat = values.clone().requires_grad_()
        tensors = dict(zip(self.weights, unflatten(flat, self.weights)))
        logits, _ = forward(architecture, tensors, to_views(drawn, architecture, preprocessing))
        labels = self.labels[chosen]
        smoothing = self.options["labelSmoothing"]
        targets = F.one_hot(labels, 2) * (1 - 2 * smoothing) + smoothing
        shares = self.class_weights[labels]
        loss = -((targets * logits.log_softmax(-1)).sum(-1) * shares / shares.sum()).sum()
        (gradient,) = torch.autograd.grad(loss, flat)
        return float(loss), gradient

    def check_finite(self, loss, gradient, epoch, step):
        where = f"Training diverged in epoch {epoch}, update {step}: "
        if not math.isfinite(loss):
            fail("training-diverged", f"{where}the loss is {words_of(loss)}.")
        if bool(gradient.isfinite().all()):
            return
        for name, part in zip(self.weights, unflatten(gradient, self.weights)):
            if not bool(part.isfinite().all()):
                fail("training-diverged", f'{where}the gradient of "{name}" is not finite.')

    def evaluate(self, state, epoch):
        tensors = dict(zip(self.weights, unflatten(state["average"], self.weights)))
        select = self.images["select"]
        logits, _ = run(self.request, tensors, select)
        labels = select["labels"].cpu()
        loss = float(F.cross_entropy(logits, labels, class_weights(labels, self.options["classWeights"])))
        if not math.isfinite(loss):
            where = f"Training diverged in epoch {epoch}, update {state['step']}: "
            fail("training-diverged", f"{where}the loss on val_select is not finite.")
        labels = labels.tolist()
        predictions = (logits[:, 1] >= logits[:, 0]).long().tolist()
        right = sum(label == predicted for label, predicted in zip(labels, predictions))
        return {"val_loss": loss, "mcc": matthews(labels, predictions), "accuracy": right / len(labels)}


@torch.no_grad()
def run(request, tensors, images):
    """Logits and features of all images, on the processor."""
    architecture, pixels = request["architecture"], images["pixels"]
    parts = []
    for start in range(0, len(pixels), 256):
        views = to_views(pixels[start : start + 256].float(), architecture, request["preprocessing"])
        parts.append(forward(architecture, tensors, views))
    return tuple(torch.cat([part[at] for part in parts]).cpu() for at in (0, 1))


def read_images(place, name, request, device):
    size = request["architecture"]["size"]
    with open(place(f"{name}.images.u8"), "rb") as file:
        pixels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).reshape(-1, size, size, 3)
    images = {"pixels": pixels.to(device)}
    if os.path.exists(place(f"{name}.labels.u8")):
        with open(place(f"{name}.labels.u8"), "rb") as file:
            images["labels"] = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).long().to(device)
    return images


def class_weights(labels, how):
    if how == "none":
        return torch.ones(2, device=labels.device)
    counts = torch.bincount(labels, minlength=2)
    return torch.where(counts == 0, 0.0, len(labels) / (2 * counts.clamp(min=1)))


def unflatten(flat, weights):
    sizes = [tensor.numel() for tensor in weights.values()]
    return [part.reshape(tensor.shape) for part, tensor in zip(flat.split(sizes), weights.values())]


def seeded(seed, epoch):
    """A stream of its own for each seed and epoch. Torch takes 32 bits of what it is given, so both are mixed into those."""
    mixed = hashlib.sha256(f"{seed} {epoch}".encode()).digest()
    return torch.Generator().manual_seed(int.from_bytes(mixed[:4], "little"))


def words_of(number):
    return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(number)]


def tell(event):
    EVENTS.write(json.dumps(event) + "\n")


def fail(code, detail):
    tell({"error": code, "detail": detail})
    sys.exit(1)


if __name__ == "__main__":
    EVENTS = os.fdopen(int(os.environ["ORCHESTRATE_EVENTS_FD"]), "w", buffering=1)
    main(sys.argv[1])
