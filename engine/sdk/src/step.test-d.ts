import { z } from "zod";
import { directory, file, json, ndjson } from "./artifact.ts";
import { Metadata } from "./metadata.ts";
import { defineService } from "./service.ts";
import { Clock, Processes } from "./services.ts";
import { defineStep } from "./step.ts";
import { describeConformance } from "./testing/describe-conformance.ts";
import { runStep } from "./testing/run-step.ts";
import { defineServiceKit } from "./testing/service-kit.ts";
import { defineToken } from "./token.ts";

type Distance = (a: number, b: number) => number;
const Distance = defineToken<Distance>("test/distance");
const Row = z.strictObject({ id: z.number(), name: z.string().optional() });
const summary = "Tries what its types allow.";
const config = z.strictObject({ top: z.number().default(3), only: z.string().optional() });
const run = async () => {};

/** All that is allowed. */
const whole = defineStep({
  summary,
  config,
  inputs: {
    text: file("text/plain"),
    rows: ndjson("rows.ndjson", Row),
    base: json("base.json", Row).optional(),
    parts: file("part").gathered(),
    tree: directory("tree"),
  },
  outputs: {
    row: json("row.json", Row),
    rows: ndjson("out.ndjson", Row),
    copy: file("text/plain").optional(),
    tree: directory("tree", "tree-out"),
  },
  services: { clock: Clock, run: Processes, distance: Distance },
  seeds: ["order"],
  async run({ config, inputs, outputs, services, seeds, checkpoint, metric, item }) {
    const only: string | undefined = config.only;
    for await (const { id, name } of inputs.rows.rows()) await outputs.rows.append({ id, ...(name && { name }) });
    const base: number | undefined = (await inputs.base?.read())?.id;
    for (const { key, path } of inputs.parts) outputs.tree.carry(key, path);
    await outputs.row.write({ id: services.distance(config.top, seeds.order) + (base ?? services.clock.now()) });
    await outputs.copy.write(await inputs.text.text());
    outputs.copy.carry(inputs.tree.file(only ?? "a"));
    await services.run.run(["true"]);
    await checkpoint.save(new Uint8Array());
    metric("n", 1, 2);
    const made: unknown = item;
    void made;
  },
});

/** What an open step has beside its own is a file or a directory, or was not wired. */
defineStep({
  summary,
  config,
  inputs: { own: json("own.json", Row) },
  open: true,
  async run({ inputs, outputs }) {
    const row: { id: number } = await inputs.own.read();
    const { more } = inputs;
    if (more !== undefined && !("form" in more)) for (const { key } of more) outputs[key];
    if (outputs.log?.form === "file") await outputs.log.write(String(row.id));
  },
});

/** What is wrong in `run`. */
defineStep({
  summary,
  config,
  inputs: { base: json("base.json", Row).optional(), parts: file("part").gathered(), text: file("text/plain") },
  outputs: { row: json("row.json", Row), rows: ndjson("out.ndjson", Row), tree: directory("tree") },
  services: { distance: Distance },
  seeds: ["order"],
  async run({ config, inputs, outputs, services, seeds }) {
    // @ts-expect-error there is no input `txt`
    void inputs.txt;
    // @ts-expect-error it may be absent
    await inputs.base.read();
    // @ts-expect-error it is a list
    void inputs.parts.path;
    // @ts-expect-error a file has no rows
    void inputs.text.rows();
    // @ts-expect-error inputs are read
    void inputs.text.write;
    // @ts-expect-error there is no output `rwo`
    void outputs.rwo;
    // @ts-expect-error `id` is a number
    await outputs.row.write({ id: "1" });
    // @ts-expect-error `id` is missing
    await outputs.rows.append({ name: "a" });
    // @ts-expect-error a JSON document is not carried over
    void outputs.row.carry;
    // @ts-expect-error a directory has no text of its own
    void outputs.tree.write;
    // @ts-expect-error `top` is a number
    void config.top.length;
    // @ts-expect-error there is no field `tpo`
    void config.tpo;
    // @ts-expect-error the distance takes numbers
    void services.distance("a", "b");
    // @ts-expect-error there is no service `clock`
    void services.clock;
    // @ts-expect-error there is no seed `weights`
    void seeds.weights;
  },
});

// @ts-expect-error `run` is missing
defineStep({ summary, config });

// @ts-expect-error a schema is wanted
defineStep({ summary, config: { top: 3 }, run });

// @ts-expect-error the one thing that it says is "external"
defineStep({ summary, config, effects: true, run });

// @ts-expect-error a token is wanted
defineStep({ summary, config, services: { clock: "orchestrate/clock" }, run });

// @ts-expect-error `output` is no field
defineStep({ summary, config, output: { copy: file("text/plain") }, run });

// @ts-expect-error what gathers is an input
defineStep({ summary, config, outputs: { parts: file("part").gathered() }, run });

// @ts-expect-error a version is a text
defineStep({ summary, config, reads: "external", version: async () => 7, run });

/** A version is asked for outside of an attempt, which has child processes and metadata. */
defineStep({
  summary,
  config,
  reads: "external",
  services: { clock: Clock, distance: Distance, run: Processes, facts: Metadata },
  async version({ services }) {
    // @ts-expect-error child processes belong to an attempt
    void services.run;
    // @ts-expect-error and so does metadata
    void services.facts;
    return String(services.distance(1, services.clock.now()));
  },
  run: async ({ services }) => void services.run,
});

const provider = { token: Distance, summary, options: config };

defineService({ ...provider, create: (context) => (a, b) => a - b + context.options.top });

// @ts-expect-error the service is a function of two numbers
defineService({ ...provider, create: () => (a: string) => a.length });

defineService({
  ...provider,
  create: ({ options }) => {
    // @ts-expect-error there is no option `tpo`
    void options.tpo;
    return () => 0;
  },
});

// @ts-expect-error there is no such scope
defineService({ ...provider, scope: "process", create: () => () => 0 });

defineServiceKit(Distance, {
  "is zero": (distance) => void distance(1, 1),
  // @ts-expect-error the distance takes numbers
  "is text": (distance) => void distance("a", "b"),
});

/** Tests of a step know what it declares. */
async function tests() {
  const { outputs } = await runStep(whole, { config: { top: 1 }, services: { distance: () => 0 } });
  void outputs.row.json();
  void outputs.copy?.text();
  // @ts-expect-error an optional output may be absent
  void outputs.copy.text();
  // @ts-expect-error `top` is a number
  await runStep(whole, { config: { top: "1" } });
  // @ts-expect-error there is no field `tpo`
  await describeConformance(whole, { config: { tpo: 1 } });
  // @ts-expect-error the distance takes numbers
  await describeConformance(whole, { services: { distance: (a: string) => a.length } });
}
void tests;
