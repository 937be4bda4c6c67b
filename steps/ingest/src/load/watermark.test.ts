import { expect, it } from "vitest";
import { startOf } from "./watermark.ts";

const at = (type: "date" | "timestamp", value: string, lag: number) =>
  startOf({ column: "c", type: { type }, value }, lag);

it("takes the lag off numbers and times, and off nothing below them", () => {
  expect(startOf({ column: "c", type: { type: "integer", bits: 64 }, value: "10" }, 3)).toBe(7n);
  expect(startOf({ column: "c", type: { type: "float", bits: 64 }, value: "1.5" }, 1)).toBe(0.5);
  expect(at("timestamp", "2026-01-01 00:00:05.123456", 10)).toBe("2025-12-31 23:59:55.123456");
  expect(at("timestamp", "2026-01-01 00:00:05", 0)).toBe("2026-01-01 00:00:05");
  expect(at("date", "2026-03-01", 86_400)).toBe("2026-02-28");
  expect(at("timestamp", "10000-01-01 00:00:00", 1)).toBe("9999-12-31 23:59:59");
  expect(at("timestamp", "infinity", 10)).toBe("infinity");
  expect(at("date", "0044-03-15 (BC)", 86_400)).toBe("0044-03-14 (BC)");
});
