import { describe, expect, it } from "vitest";
import { instanceId, parseInstanceId } from "./instance.ts";

describe("the id of an instance", () => {
  it.each([
    ["train", null, "train"],
    ["train", "a", "train[a]"],
    ["train", "[a][b]", "train[[a][b]]"],
    ["train", "a\nb", "train[a\nb]"],
  ])("of %j and %j is %j, and is taken apart again", (phase, key, id) => {
    expect(instanceId(phase, key)).toBe(id);
    expect(parseInstanceId(id)).toEqual({ phase, key });
  });

  it.each(["train[", "train[]", "[a]", "train[a", ""])("is not %j, which is taken as a phase", (text) => {
    expect(parseInstanceId(text)).toEqual({ phase: text, key: null });
  });
});
