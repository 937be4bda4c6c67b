import assert from "node:assert/strict";
import { defineServiceKit, type ServiceKit } from "@orchestrate/sdk/testing";
import { type AskReach, MetadataGateway, type Questions } from "../ask/questions.ts";
import { everyRecord } from "../every-record.ts";

/** What a gateway that is tested holds: at least two records about one subject. */
export interface GatewayExample extends AskReach {
  readonly subject: string;
}

/**
 * What every provider of `metadata/gateway` must do:
 * `describeConformance(provider, { options, kit: gatewayKit(example) })`.
 */
export function gatewayKit(example: GatewayExample): ServiceKit<MetadataGateway> {
  const { subject } = example;
  const asking = (use: (questions: Questions) => Promise<void>) => async (gateway: MetadataGateway) => {
    await using questions = await gateway.open(example);
    await use(questions);
  };
  return defineServiceKit(MetadataGateway, {
    "tells the history of a subject, the newest first": asking(async (questions) => {
      const records = await questions.history(subject);
      assert.ok(records.length >= 2, `it has ${records.length} records about ${subject}, and two are needed`);
      const times = records.map(({ time }) => time);
      assert.deepEqual(times, times.toSorted().toReversed());
      assert.deepEqual(await questions.history(subject, undefined, 1), records.slice(0, 1));
    }),
    "tells the newest record, of any kind and of one": asking(async (questions) => {
      const [newest] = await questions.history(subject);
      assert.deepEqual(await questions.latest(subject), newest);
      assert.deepEqual(await questions.latest(subject, newest?.kind), newest);
    }),
    "finds the same by a query, a page at a time": asking(async (questions) => {
      assert.deepEqual(await everyRecord(questions, { subject, limit: 1 }), await questions.history(subject));
    }),
    "knows nothing of what nobody told": asking(async (questions) => {
      assert.equal(await questions.latest(`${subject}/nobody`), undefined);
      assert.deepEqual(await questions.query({ subject: `${subject}/nobody` }), { records: [], next: null });
    }),
    "refuses a question that can't be answered": asking((questions) =>
      assert.rejects(questions.query({ limit: 0 }), { code: "metadata-query-invalid" }),
    ),
    "can be opened again": async (gateway) => {
      for (let time = 0; time < 2; time += 1) {
        await using questions = await gateway.open(example);
        assert.notEqual(await questions.latest(subject), undefined);
      }
    },
  });
}
