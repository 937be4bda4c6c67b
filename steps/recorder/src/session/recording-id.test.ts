import { expect, it } from "vitest";
import { recordingId } from "./recording-id.ts";

it("is a UUID of version 7 in canonical form, with its time", () => {
  const id = recordingId(0x0123456789ab, "token");
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(recordingId(0x0123456789ab, "token")).toBe(id);
  expect(recordingId(0x0123456789ab, "other")).not.toBe(id);
});
