import { describeConformance } from "@orchestrate/sdk/testing";
import { describe, it } from "vitest";
import { trainerKit } from "../testing/trainer-kit.ts";
import embedded from "./embedded.ts";

describe("the embedded trainer", () => {
  it("conforms", () => describeConformance(embedded, { kit: trainerKit, options: { threads: 1 } }));
});
