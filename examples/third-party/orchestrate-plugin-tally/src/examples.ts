import { defineExamples } from "@orchestrate/sdk/testing";

export default defineExamples({
  "tally/lines": { inputs: { text: { text: "sea\nship\nsea\n" } } },
});
