"""The network that the architecture of a request describes; the twin of src/network, tensor for tensor."""

import torch
import torch.nn.functional as F


def to_views(images, architecture, preprocessing):
    """[count, size, size, 3] in the range of bytes to [count, patches, view values], normalised; beyond the edge 0."""
    patch, overlap = architecture["patch"], architecture["overlap"]
    mean = torch.tensor(preprocessing["mean"], device=images.device)
    deviation = torch.tensor(preprocessing["deviation"], device=images.device)
    normalised = (images / 255 - mean) / deviation
    padded = F.pad(normalised, (0, 0, overlap, overlap, overlap, overlap))
    side = patch + 2 * overlap
    grid = padded.unfold(1, side, patch).unfold(2, side, patch)
    return grid.permute(0, 1, 2, 4, 5, 3).flatten(3).flatten(1, 2)


def forward(architecture, tensors, views):
    """Views of patches to logits [count, classes], and to the features [count, width] that the head makes them from."""
    epsilon, width = architecture["epsilon"], architecture["width"]
    values = linear(tensors, "embed", views)
    if architecture["pooling"] == "class":
        values = torch.cat([tensors["class"].expand(values.shape[0], 1, width), values], 1)
    values = values + tensors["position"]
    for block in range(architecture["depth"]):
        name = f"blocks.{block}"
        values = values + mix(architecture, tensors, name, norm(tensors, f"{name}.norm1", values, epsilon))
        hidden = activate(architecture, linear(tensors, f"{name}.up", norm(tensors, f"{name}.norm2", values, epsilon)))
        values = values + linear(tensors, f"{name}.down", hidden)
    encoded = norm(tensors, "norm", values, epsilon)
    features = encoded[:, 0] if architecture["pooling"] == "class" else encoded.mean(1)
    return linear(tensors, "head", features), features


def mix(architecture, tensors, block, values):
    if architecture["mixing"] == "perceptron":
        hidden = activate(architecture, linear(tensors, f"{block}.tokens.up", values.transpose(1, 2)))
        return linear(tensors, f"{block}.tokens.down", hidden).transpose(1, 2)
    count, tokens, width = values.shape
    heads = architecture["heads"]

    def project(name):
        return linear(tensors, f"{block}.{name}", values).reshape(count, tokens, heads, width // heads).transpose(1, 2)

    scores = project("query") @ project("key").transpose(2, 3) * (width // heads) ** -0.5
    mixed = (scores.softmax(-1) @ project("value")).transpose(1, 2).reshape(count, tokens, width)
    return linear(tensors, f"{block}.output", mixed)


def linear(tensors, name, values):
    return F.linear(values, tensors[f"{name}.weight"].t(), tensors[f"{name}.bias"])


def norm(tensors, name, values, epsilon):
    return F.layer_norm(values, values.shape[-1:], tensors[f"{name}.scale"], tensors[f"{name}.bias"], epsilon)


def activate(architecture, values):
    return F.relu(values) if architecture["activation"] == "relu" else F.gelu(values)
