import { describeConformance } from "@orchestrate/sdk/testing";
import { describe, it } from "vitest";
import embedded from "./embedded.ts";
import { trainerKit } from "./trainer-kit.ts";

describe("the embedded trainer", () => {
  it("conforms", () => describeConformance(embedded, { kit: trainerKit, options: { threads: 1 } }));
});
