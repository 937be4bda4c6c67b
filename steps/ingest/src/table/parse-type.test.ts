import { expect, it } from "vitest";
import { typeWords } from "./column-type.ts";
import { parseType } from "./parse-type.ts";

it.each([
  ["numeric", "decimal"],
  ["numeric(12,2)", "decimal(12, 2)"],
  ["numeric(12)", "decimal(12, 0)"],
  // PostgreSQL rounds the first to hundreds, and the second holds nothing from 0.01 on.
  ["numeric(5,-2)", "decimal(7, 0)"],
  ["numeric(3,5)", "decimal(5, 5)"],
  ["character varying(20)", "text(20)"],
  ["timestamp(3) with time zone", "timestamp"],
  ["time without time zone", "time without time zone"],
  ["Interval", "interval"],
  // What is quoted is another name in lower case.
  ['shop."Mood"', 'shop."Mood"'],
  ["integer[]", "integer[]"],
])("%s is %s", (written, words) => {
  expect(typeWords(parseType(written))).toBe(words);
});
