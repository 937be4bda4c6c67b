import { expect, it } from "vitest";
import { RunRig } from "./fixtures/run-rig.ts";
import { guardCode } from "./guard-code.ts";

const phases = {
  images: { step: "made-up/images" },
  train: { step: "made-up/train", inputs: { images: "images.images" } },
};
const code = { named: {}, digests: {}, sources: [] };

it.each([
  ["its step", "made-up/train"],
  ["a service that was chosen", "embedded"],
])("refuses a phase where the code of %s was changed", async (_, changed) => {
  using rig = new RunRig(phases);
  const scope = rig.scope();
  // Told at once where it is unchanged, and later where it had to be digested.
  const isUnchanged = ({ name }: { readonly name: string }) => name !== changed || Promise.resolve(false);
  const guarded = (phase: string) =>
    guardCode({ ...scope, modules: { ...scope.modules, isUnchanged } }, { phase }, code);
  await expect(guarded("train")).rejects.toMatchObject({
    code: "code-changed",
    category: "invariant",
    detail: `The code of ${changed} (made-up) was changed after the run had looked at it.`,
    hint: "Nothing was committed. Go on with orchestrate resume, which takes it as it is then.",
  });
  await guarded("images");
});
