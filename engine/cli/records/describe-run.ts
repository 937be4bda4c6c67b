import { relative } from "node:path";
import { unreachable } from "../../core/unreachable.ts";
import { formatAge } from "../../io/terminal/format-age.ts";
import { formatBytes } from "../../io/terminal/format-bytes.ts";
import { formatMetrics } from "../../io/terminal/format-number.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import { itemText } from "../../io/terminal/item-text.ts";
import { formatLine, type Line } from "../../io/terminal/line.ts";
import { MANY_INSTANCES } from "../../io/terminal/narrator.ts";
import { painter } from "../../io/terminal/paint.ts";
import type { Invocation } from "../invocation.ts";
import { logsCommand } from "../logs-command.ts";
import { runWord } from "../run-word.ts";
import type { PhaseView } from "./phase-view.ts";
import type { RunOutcome } from "./run-outcome.ts";

/** A run as `show` gives it. */
export interface RunView {
  readonly run: string;
  readonly pipeline: string;
  readonly directory: string;
  readonly outcome: RunOutcome;
  readonly created: string;
  readonly profile: string | null;
  readonly seed: number;
  readonly durability: "strict" | "relaxed";
  readonly run_hash: string | null;
  /** All phase instances of the run; null while it is not known. */
  readonly expected: number | null;
  readonly phases: readonly PhaseView[];
}

/** A run for people: a head, and its phases with their artifacts; large fan-outs counted. */
export function describeRun({ cwd, colour }: Invocation, view: RunView): string {
  const word = runWord({ cwd }, view.directory);
  const head = formatTable([
    ["run", `${view.run}, ${view.outcome}`],
    ["pipeline", view.profile === null ? view.pipeline : `${view.pipeline}, profile ${view.profile}`],
    ["begun", `${view.created}, ${formatAge(Date.now() - Date.parse(view.created))}`],
    ["seed", String(view.seed)],
    ...(view.run_hash === null ? [] : [["run_hash", view.run_hash]]),
    ["directory", relative(cwd, view.directory) || "."],
  ]);
  const paint = painter(colour);
  const groups = [...Map.groupBy(view.phases, ({ phase }) => phase)];
  const shown = groups.flatMap(([phase, instances]) => (isMany(instances) ? [phase] : instances.map(({ id }) => id)));
  const width = Math.min(32, Math.max(8, ...shown.map((name) => name.length)));
  const told = groups.flatMap(([phase, instances]) =>
    isMany(instances)
      ? [
          ...firstFailures(instances).map((instance) => formatLine(lineOf(instance), { paint, width })),
          formatLine(countLine(phase, instances), { paint, width }),
        ]
      : instances.flatMap((instance) => [formatLine(lineOf(instance), { paint, width }), ...outputs(instance)]),
  );
  const more = view.outcome === "succeeded" || view.outcome === "running" ? [] : ["", goOn(view, word)];
  const failed = view.phases.find(({ status }) => status === "failed");
  const log = failed && logsCommand({ cwd }, view.directory, failed);
  if (log !== undefined) more.push(`What ${failed?.id} said: ${log}`);
  return [head, "", ...told, ...more].join("\n");
}

function isMany(instances: readonly PhaseView[]): boolean {
  return instances.length >= MANY_INSTANCES;
}

/** Enough to see what is wrong; `--json` has them all. */
function firstFailures(instances: readonly PhaseView[]): readonly PhaseView[] {
  return instances.filter(({ status }) => status === "failed").slice(0, 3);
}

function goOn({ phases, expected }: RunView, word: string): string {
  const done = phases.filter(({ status }) => status === "committed" || status === "reused").length;
  return `${done} of ${expected ?? "?"} phases are committed; go on with orchestrate resume ${word}`;
}

function lineOf(view: PhaseView): Line {
  const { id: name, status } = view;
  const item = itemText(view.key, view.item);
  const told = [item === "" ? "" : `item ${item}`, formatMetrics(Object.entries(view.metrics))]
    .filter((word) => word !== "")
    .join("  ");
  switch (status) {
    case "committed":
      return { mark: "done", name, duration: view.duration_ms ?? 0, text: told };
    case "reused":
      return {
        mark: "reused",
        name,
        text: [`reused from ${view.reused_from}`, told].filter((word) => word !== "").join("  "),
      };
    case "failed":
      return {
        mark: "failed",
        name,
        text: `failed${item === "" ? "" : ` for ${item}`}: ${view.error?.detail}`,
        hint: view.error?.hint ?? "",
      };
    case "skipped":
      return {
        mark: "skipped",
        name,
        text: view.blocked_by === null ? "skipped" : `skipped: ${view.blocked_by} failed`,
      };
    case "running":
    case "interrupted":
    case "not run":
      return { mark: "skipped", name, text: status };
    default:
      return unreachable(status);
  }
}

function outputs({ outputs }: PhaseView): readonly string[] {
  if (outputs.length === 0) return [];
  const rows = outputs.map(({ name, path, size, state }) => [
    name,
    formatBytes(size),
    path,
    state === "missing" ? "is missing" : "",
  ]);
  return [formatTable(rows, { right: [1], indent: "    " })];
}

function countLine(name: string, instances: readonly PhaseView[]): Line {
  const counts = Map.groupBy(instances, ({ status }) => status);
  const told = [...counts].map(([status, { length }]) => `${length} ${status}`);
  const mark = counts.has("failed") ? "failed" : counts.has("committed") || counts.has("reused") ? "done" : "skipped";
  return { mark, name, text: `${instances.length} instances: ${told.join(", ")}` };
}
