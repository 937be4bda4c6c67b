import { expect, it } from "vitest";
import { memoryLimit } from "./memory-limit.ts";

it.each([
  { option: 300, granted: 4096, machine: 16_384, limit: 300 },
  { option: undefined, granted: 4097, machine: 16_384, limit: 1365 },
  { option: undefined, granted: 200, machine: 16_384, limit: 128 },
  { option: undefined, granted: 0, machine: 16_384, limit: 4096 },
  { option: undefined, granted: 0, machine: 3000, limit: 1024 },
  { option: undefined, granted: 0, machine: 1001, limit: 500 },
])("is $limit for $option, $granted granted and a machine of $machine", ({ limit, ...bounds }) => {
  expect(memoryLimit(bounds)).toBe(limit);
});
