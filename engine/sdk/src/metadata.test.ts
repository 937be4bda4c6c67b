import { expect, it } from "vitest";
import { defineStep, json, Metadata, type StepContract, z } from "./index.ts";
import { runStep } from "./testing/run-step.ts";

const counted = defineStep({
  summary: "Tells how many rows there are.",
  config: z.strictObject({ rows: z.array(z.number()) }),
  outputs: { done: json("done.json", z.boolean()) },
  services: { facts: Metadata },
  async run({ config, outputs, services }) {
    await services.facts.emitMany(
      config.rows.map((rows) => ({ kind: "ingestion_volume", subject: "shop/orders", payload: { rows } })),
    );
    await outputs.done.write(true);
  },
});

it("a step that asks for Metadata has an output that takes what it emits", async () => {
  expect(counted.contract().outputs).toMatchObject({
    done: { form: "json" },
    metadata: { form: "ndjson", kind: "orchestrate/metadata", path: "metadata.ndjson", mode: "optional" },
  } satisfies { [K in string]: Partial<StepContract["outputs"][string]> });
  using result = await runStep(counted, { config: { rows: [1, 2] } });
  expect(result.error).toBeUndefined();
  expect(result.outputs.metadata?.text()).toBe(
    '{"kind":"ingestion_volume","subject":"shop/orders","payload":{"rows":1}}\n' +
      '{"kind":"ingestion_volume","subject":"shop/orders","payload":{"rows":2}}\n',
  );
});

it("a step that emits nothing writes no metadata", async () => {
  using result = await runStep(counted, { config: { rows: [] } });
  expect(result.error).toBeUndefined();
  expect(result.outputs.metadata).toBeUndefined();
});

it("one record of many that is none keeps all of them out", async () => {
  const step = defineStep({
    summary: "Emits a record without a subject.",
    config: z.strictObject({}),
    services: { facts: Metadata },
    async run({ services }) {
      const good = { kind: "a", subject: "b", payload: {} };
      await services.facts.emitMany([good, { ...good, subject: "" }]).catch((error) => {
        expect(error.code).toBe("output-invalid");
        expect(error.detail).toMatch(/^Record 2 does not have the declared shape: subject/);
      });
    },
  });
  using result = await runStep(step, {});
  expect(result.outputs.metadata).toBeUndefined();
});

it("the output's name is taken", () => {
  const define = () =>
    defineStep({
      summary: "Declares it as well.",
      config: z.strictObject({}),
      outputs: { metadata: json("metadata.json", z.null()) },
      services: { facts: Metadata },
      run: async () => {},
    });
  expect(define).toThrow('output "metadata" is where the service Metadata writes: call yours otherwise.');
});
