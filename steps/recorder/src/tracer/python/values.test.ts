import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { pythons } from "../../fixtures/pythons.ts";

const directory = fileURLToPath(new URL("../../../python", import.meta.url));

/** A list and a dictionary that count how many of their elements are taken. */
const program = `
import sys
sys.path.insert(0, ${JSON.stringify(directory)})
from array import array
from orchestrate_tracer.values import Values

taken = 0

def counted(elements):
    global taken
    for element in elements:
        taken += 1
        yield element

class List(list):
    def __iter__(self):
        return counted(list.__iter__(self))

class Dict(dict):
    def items(self):
        return counted(dict.items(self))

class Stream:
    def __getattr__(self, name):
        return lambda *given: array("I")

values = Values(Stream(), 5, 100, 3, 1000)
values._type = lambda kind, name: 0
values._elements_of(array("I"), list, List(range(1000)), None)
values._dict(array("I"), Dict.fromkeys(range(1000)), None)
print(taken)
`;

it.each(pythons())("takes no more elements of a container than it shows: %s", (python) => {
  expect(execFileSync(python, ["-c", program], { encoding: "utf8" }).trim()).toBe("6");
});
