"""Reads and writes the safetensors format (github.com/huggingface/safetensors), 32-bit floats alone, with torch alone."""

import json
import os
import struct

import torch


def read(path):
    """The tensors of a file by name, and its metadata."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: tensor {name} is {entry['dtype']}, not F32")
        flat = torch.empty(0)
        if end > start:
            flat = torch.frombuffer(data, dtype=torch.float32, count=(end - start) // 4, offset=start)
        tensors[name] = flat.clone().reshape(entry["shape"])
    return tensors, metadata


def write(path, tensors, metadata):
    """Writes tensors by name. The file appears whole or not at all."""
    header = {"__metadata__": metadata}
    end = 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [end, end + tensor.numel() * 4]}
        end += tensor.numel() * 4
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    data = bytearray(end)
    for name, tensor in tensors.items():
        start = header[name]["data_offsets"][0]
        if tensor.numel() > 0:
            part = torch.frombuffer(data, dtype=torch.float32, count=tensor.numel(), offset=start)
            part.copy_(tensor.detach().cpu().reshape(-1))
    with open(path + ".new", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    os.replace(path + ".new", path)
