"""Replays a workload into a dict, and prints the milliseconds that took."""

import csv, sys, time
start = time.perf_counter()
table, hits = {}, 0
with open(sys.argv[1], newline="") as file:
    rows = csv.reader(file)
    next(rows)
    for op, key, value in rows:
        if op == "get":
            hits += table.get(key) is not None
        elif op == "put":
            table[key] = value
        else:
            table.pop(key, None)
assert hits
print((time.perf_counter() - start) * 1000)
