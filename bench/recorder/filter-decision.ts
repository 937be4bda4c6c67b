/** What a filter's decision costs, the first time and after: `node bench/recorder/filter-decision.ts`. */
import { DEFAULT_FILTER } from "../../steps/recorder/src/filter/builtin/default-filter.ts";
import { FilterEngine } from "../../steps/recorder/src/filter/filter-engine.ts";
import { loadFilter } from "../../steps/recorder/src/filter/load-filter.ts";
import { columns, verdict } from "../report.ts";

const quick = process.argv.includes("--quick");
const places = quick ? 10 : 1000;
const turns = quick ? 2 : 1000;
const rules = Array.from(
  { length: 50 },
  (_, index) =>
    `[[scope.rules]]\nselector = "${index % 2 === 0 ? `pkg:part${index}.*` : `file:regex:^part${index}/.*x$`}"\nexec = "skip"\n`,
);
const text = `[meta]\nname = "fifty"\nversion = 1\n[scope]\ndefault_exec = "trace"\ndefault_value_action = "allow"\n${rules.join("")}`;
const filter = loadFilter(
  [
    { inline: "builtin-default", text: DEFAULT_FILTER },
    { inline: "fifty", text },
  ],
  "/p",
);
const engine = new FilterEngine(filter);
const locations = Array.from({ length: places }, (_, index) => ({
  module: `part${index % 60}.module`,
  file: `/p/part${index % 60}/module.js`,
  object: `function${index}`,
}));

const first = timed(() => locations.map((location) => engine.resolve(location)).length) / places;
const names = ["password", "company", "index", "user", "token"];
const firstName =
  timed(() => names.map((name) => engine.resolve(locations[0]!).action("local", name)).length) / names.length;
let skipped = 0;
const after =
  timed(() => {
    for (let turn = 0; turn < turns; turn += 1) {
      for (const location of locations) if (engine.resolve(location).exec === "skip") skipped += 1;
    }
  }) /
  (places * turns);
const afterName =
  timed(() => {
    const resolution = engine.resolve(locations[0]!);
    for (let turn = 0; turn < turns; turn += 1) {
      for (let index = 0; index < places; index += 1) {
        if (resolution.action("local", names[index % names.length]!) === "redact") skipped += 1;
      }
    }
  }) /
  (places * turns);
console.log(`Decisions by 54 rules, ${places} places; ${skipped} answers withhold or skip`);
console.log(
  columns([
    ["the first for a place", `${first.toFixed(2)} µs`],
    ["the first for a name", `${firstName.toFixed(2)} µs`],
    ["every further one for a place", `${after.toFixed(3)} µs`, "at most 1 µs", verdict(after, 1)],
    ["every further one for a name", `${afterName.toFixed(3)} µs`, "at most 1 µs", verdict(afterName, 1)],
  ]).join("\n"),
);

/** Microseconds. */
function timed(work: () => unknown): number {
  const begin = performance.now();
  work();
  return (performance.now() - begin) * 1000;
}
