"""Times updates of the network of steps/vision in PyTorch, as one would write it there.

usage: throughput.py ARCHITECTURE BATCH UPDATES THREADS
Prints the median milliseconds of an update, the first tenth left out, those that the processor took, then which torch it
is, and on how many threads.
"""

import json
import os
import statistics
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../steps/vision/python"))
sys.dont_write_bytecode = True
from network import forward

architecture, batch, updates = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(int(sys.argv[4]))
tensors = {name: (torch.randn(shape) * 0.1).requires_grad_() for name, shape in architecture["shapes"].items()}
optimizer = torch.optim.AdamW(tensors.values(), 1e-4)
views = torch.randn(batch, *architecture["views"])
labels = torch.arange(batch) % 2
times, taken = [], []
for _ in range(updates):
    start, used = time.perf_counter(), time.process_time()
    optimizer.zero_grad()
    F.cross_entropy(forward(architecture, tensors, views)[0], labels).backward()
    torch.nn.utils.clip_grad_norm_(tensors.values(), 1)
    optimizer.step()
    times.append((time.perf_counter() - start) * 1000)
    taken.append((time.process_time() - used) * 1000)
print(statistics.median(times[updates // 10 :]))
print(statistics.median(taken[updates // 10 :]))
print(f"torch {torch.__version__}, {torch.get_num_threads()} threads")
