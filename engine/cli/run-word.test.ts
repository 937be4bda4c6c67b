import { expect, it } from "vitest";
import { runWord } from "./run-word.ts";

it.each([
  ["/p/runs/20261121T204235Z-k3f9", "20261121T204235Z-k3f9"],
  ["/p/elsewhere/20261121T204235Z-k3f9", "elsewhere/20261121T204235Z-k3f9"],
  ["/runs/20261121T204235Z-k3f9", "../runs/20261121T204235Z-k3f9"],
  ["/p", "."],
])("a run in %s is called %s in /p", (directory, word) => expect(runWord({ cwd: "/p" }, directory)).toBe(word));
