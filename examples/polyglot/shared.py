"""Lists the words that all texts have, most frequent first. Usage: shared.py LIST REPORT

LIST names the counts of every text: a line with its key, a tab and the path of a JSON file.
"""

import json
import sys

list_path, report_path = sys.argv[1:]

texts = {}
with open(list_path) as file:
    for line in file:
        key, path = line.rstrip("\n").split("\t")
        with open(path) as counts:
            texts[key] = json.load(counts)

shared = set.intersection(*(set(counts) for counts in texts.values())) if texts else set()
rows = [(sum(counts[word] for counts in texts.values()), word) for word in shared]

with open(report_path, "w") as file:
    print("word", "total", *texts, sep="\t", file=file)
    for total, word in sorted(rows, key=lambda row: (-row[0], row[1])):
        print(word, total, *(counts[word] for counts in texts.values()), sep="\t", file=file)
