"""Counts the words of a list, one word a line. Usage: count.py WORDS COUNTS"""

import collections
import json
import os
import sys

words_path, counts_path = sys.argv[1:]
events = os.fdopen(int(os.environ["ORCHESTRATE_EVENTS_FD"]), "w", buffering=1)

with open(words_path) as file:
    words = file.read().split()

counts = collections.Counter()
for done, word in enumerate(words, start=1):
    counts[word] += 1
    if done % 20 == 0 or done == len(words):
        print(json.dumps({"progress": [done, len(words)]}), file=events)

print(json.dumps({"metric": {"name": "words", "value": len(words)}}), file=events)
print(json.dumps({"metric": {"name": "distinct", "value": len(counts)}}), file=events)

with open(counts_path, "w") as file:
    json.dump(dict(sorted(counts.items())), file, indent=1)
    file.write("\n")
