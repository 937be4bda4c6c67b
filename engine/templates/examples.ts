import { defineExamples } from "@orchestrate/sdk/testing";

/** Small runs that must succeed: for the tests, and for `orchestrate plugins check`. */
export default defineExamples({
  "example/count": { config: { atLeast: 1 }, inputs: { text: { text: "The sea\n\nand the ships\n" } } },
});
