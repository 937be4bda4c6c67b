import { describe, expect, it } from "vitest";
import { PipelineIssues } from "../pipeline/pipeline-issue.ts";
import { issuesOf } from "../testing/issues-of.ts";
import { madeUpCatalog } from "../testing/made-up-catalog.ts";
import { resolved } from "../testing/resolved.ts";
import { buildGraph } from "./build-graph.ts";

const train = { step: "made-up/train", inputs: { images: { path: "images" } } };

/** What is told of a pipeline whose services, and those of its one phase, are these. */
function told(services: object, own: object): readonly [detail: string, hint: string] | undefined {
  try {
    buildGraph(resolved({ pipeline: "p", services, phases: { train: { ...train, services: own } } }), madeUpCatalog());
    return undefined;
  } catch (error) {
    if (error instanceof PipelineIssues) return [error.detail, error.hint];
    throw error;
  }
}

describe("a service token that is named in vain", () => {
  it.each<[title: string, own: object, detail: string, hint: string]>([
    [
      "that is misspelt",
      { "made-up/trainr": "external" },
      "the step made-up/train does not ask for made-up/trainr.",
      'Did you mean "made-up/trainer"?',
    ],
    [
      "that only others ask for",
      { "made-up/judge": "strict" },
      "the step made-up/train does not ask for made-up/judge.",
      'There is "made-up/trainer".',
    ],
    [
      "that is the engine's",
      { "orchestrate/clock": "mine" },
      "orchestrate/clock is always the engine's own.",
      "Take it out.",
    ],
  ])("%s is refused of a phase", (_, own, detail, hint) => {
    const [token] = Object.keys(own);
    expect(told({}, own)).toEqual([`pipeline phases.train.services["${token}"]: ${detail}`, hint]);
  });

  it("is found behind one that is right", () => {
    const detail = "the step made-up/train does not ask for made-up/trainr.";
    const own = { "made-up/trainer": "external", "made-up/trainr": "external" };
    expect(told({}, own)?.[0]).toBe(`pipeline phases.train.services["made-up/trainr"]: ${detail}`);
    expect(told({ "made-up/trainer": "external", "made-up/juge": "strict" }, {})?.[0]).toBe(
      'pipeline services["made-up/juge"]: no step asks for made-up/juge, and no plugin provides it.',
    );
  });

  it("is found in a phase behind one that names nothing of its own", () => {
    const last = { ...train, services: { "made-up/trainr": "external" } };
    const services = { "made-up/trainer": "external" };
    const pipeline = resolved({ pipeline: "p", services, phases: { train, last } });
    expect(issuesOf(() => buildGraph(pipeline, madeUpCatalog()))).toEqual([
      'pipeline phases.last.services["made-up/trainr"]: the step made-up/train does not ask for made-up/trainr.',
      'Did you mean "made-up/trainer"?',
    ]);
  });

  it("is the engine's own also where a step asks for it", () => {
    const detail = "orchestrate/clock is always the engine's own.";
    const own = { "orchestrate/clock": "mine" };
    expect(told({}, own)?.[0]).toBe(`pipeline phases.train.services["orchestrate/clock"]: ${detail}`);
    expect(told(own, {})?.[0]).toBe(`pipeline services["orchestrate/clock"]: ${detail}`);
  });

  it("can only be taken out where the step asks for none", () => {
    const images = { step: "made-up/images", services: { "made-up/trainer": "external" } };
    const pipeline = resolved({ pipeline: "p", phases: { images, train } });
    expect(issuesOf(() => buildGraph(pipeline, madeUpCatalog()))).toEqual([
      'pipeline phases.images.services["made-up/trainer"]: the step made-up/images does not ask for made-up/trainer.',
      "Take it out.",
    ]);
  });

  it("is not one that a step asks for in vain", () => {
    const nobody = { ...madeUpCatalog(), providers: new Map(), tokens: new Set<string>() };
    const pipeline = resolved({ pipeline: "p", services: { "made-up/trainer": "external" }, phases: { train } });
    expect(issuesOf(() => buildGraph(pipeline, nobody))[0]).toBe(
      'pipeline phases.train.services["made-up/trainer"]: no plugin provides "external" for made-up/trainer.',
    );
  });

  it.each<[title: string, services: object, detail: string, hint: string]>([
    [
      "that no plugin knows",
      { "made-up/juge": "strict" },
      "no step asks for made-up/juge, and no plugin provides it.",
      'Did you mean "made-up/judge"?',
    ],
    [
      "that is the engine's",
      { "orchestrate/metadata": "mine" },
      "orchestrate/metadata is always the engine's own.",
      "Take it out.",
    ],
    [
      "that is the followers'",
      { "orchestrate/follower": "metadata" },
      "followers are no service of a phase.",
      "Switch them on under `follow`.",
    ],
  ])("%s is refused for all phases", (_, services, detail, hint) => {
    const [token] = Object.keys(services);
    expect(told(services, {})).toEqual([`pipeline services["${token}"]: ${detail}`, hint]);
  });

  it("is none where a step asks for it, or where it is for all phases and a plugin provides it", () => {
    expect(told({ "made-up/trainer": "external" }, { "made-up/trainer": "embedded" })).toBeUndefined();
    expect(told({ "made-up/judge": "strict" }, {})).toBeUndefined();
    expect(told({ "made-up/judge": "strict" }, { "made-up/trainer": "external" })).toBeUndefined();
  });
});
