import type { ApiEntry } from "./public-api.ts";

/** A part of the page: a heading, what it is about, and the modules whose exports it shows. */
interface Section {
  readonly title: string;
  readonly about: string;
  readonly modules: readonly string[];
}

const SECTIONS: readonly Section[] = [
  {
    title: "Steps",
    about:
      "What a module of a step exports, and what `run` is given. [writing-a-step.md](../guide/writing-a-step.md) shows it.",
    modules: ["step", "context"],
  },
  { title: "Artifacts", about: "Declarations of inputs and outputs.", modules: ["artifact"] },
  { title: "Handles", about: "What `run` reads and writes them by.", modules: ["handles"] },
  {
    title: "Services",
    about:
      "Tokens, their providers, and the services that the engine provides itself. [writing-a-service.md](../guide/writing-a-service.md) shows them.",
    modules: ["token", "service", "services", "metadata", "emitted-record", "follower"],
  },
  { title: "Commands", about: "What a plugin adds to the command line.", modules: ["command"] },
  {
    title: "Errors",
    about: "[errors.md](../formats/errors.md) lists the engine's own.",
    modules: ["errors", "runtime/issue-text"],
  },
  {
    title: "Pipelines in TypeScript",
    about: "[pipelines.md](../guide/pipelines.md#in-typescript) shows one.",
    modules: ["pipeline"],
  },
  { title: "Contracts", about: "What the engine knows of a plugin without running it.", modules: ["contract"] },
  {
    title: "Testing: one run",
    about: "From `@orchestrate/sdk/testing`: a step is run once, on real files.",
    modules: [
      "testing/run-step",
      "testing/fake-options",
      "testing/fake-input",
      "testing/output-read",
      "testing/recording",
      "testing/fake-context",
      "testing/fake-clock",
    ],
  },
  {
    title: "Testing: conformance",
    about:
      "From `@orchestrate/sdk/testing`: the suites of steps and services, and kits for kinds of services of your own.",
    modules: [
      "testing/describe-conformance",
      "testing/check-step",
      "testing/check-service",
      "testing/checks/check",
      "testing/checks/retry",
      "testing/service-kit",
      "testing/define-examples",
    ],
  },
];

/** The reference of the sdk, from its types and their comments. */
export function referencePage(entries: readonly ApiEntry[]): string {
  const shown = SECTIONS.flatMap(({ modules }) => modules);
  const hidden = entries.flatMap(({ exports }) => [...exports.values()]).filter((module) => !shown.includes(module));
  if (hidden.length > 0) throw new Error(`no section of the reference shows ${[...new Set(hidden)].join(", ")}`);
  return [
    "# The sdk",
    "",
    "All that `@orchestrate/sdk` and `@orchestrate/sdk/testing` export, as their types say it; this page is made from them by",
    "`npm run api`. `z` is that of zod 4. What may change in which version stands in [compatibility.md](../compatibility.md).",
    "",
    "| | |",
    "|---|---|",
    ...SECTIONS.map((section) => rowOf(section, entries)),
    ...SECTIONS.flatMap((section) => sectionOf(section, entries)),
    "",
  ].join("\n");
}

/** The names of a section at a glance. */
function rowOf({ title, modules }: Section, entries: readonly ApiEntry[]): string {
  const names = modules.flatMap((module) =>
    entries.flatMap(({ exports }) => [...exports].filter(([, from]) => from === module).map(([name]) => `\`${name}\``)),
  );
  const anchor = title
    .toLowerCase()
    .replace(/[^a-z ]/g, "")
    .replaceAll(" ", "-");
  return `| [${title}](#${anchor}) | ${names.join(", ")} |`;
}

function sectionOf({ title, about, modules }: Section, entries: readonly ApiEntry[]): readonly string[] {
  const fences = modules.flatMap((module) => {
    const texts = exportedFrom(module, entries);
    return texts.length === 0 ? [] : ["", `\`\`\`ts ${module}.d.ts`, texts.join("\n\n"), "```"];
  });
  return ["", `## ${title}`, "", about, ...fences];
}

function exportedFrom(module: string, entries: readonly ApiEntry[]): readonly string[] {
  return entries.flatMap(({ exports, modules }) =>
    (modules.get(module)?.declarations ?? [])
      .filter(({ name }) => exports.get(name) === module)
      .map(({ text }) => text.replace(/^export (declare )?/gm, "").replaceAll("    ", "  ")),
  );
}
