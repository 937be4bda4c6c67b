import { defineExamples } from "@orchestrate/sdk/testing";
import { timerKit } from "@orchestrate/steps-hashmap/testing";

export default defineExamples({
  "hashmap/timer=steady": { options: { step: 0.25 }, kit: timerKit },
});
