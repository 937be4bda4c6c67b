import { describe, expect, it } from "vitest";
import { jsonFault } from "./json-fault.ts";

const check = (text: string, line: number, column: number, reason: string) =>
  it(JSON.stringify(text), () => expect(jsonFault(text)).toEqual({ reason, position: { line, column } }));

describe("jsonFault", () => {
  check('{"a": }', 1, 7, "Unexpected token '}'");
  check('{\n  "a": 1,\n}', 3, 1, "Expected double-quoted property name");
  check('{\n  "a" 1}', 2, 7, "Expected ':' after property name");
  check("{'a': 1}", 1, 2, "Expected property name or '}'");
  check('{"a": 1', 1, 8, "Expected ',' or '}' after property value");
  check('{"a": tru }', 1, 10, "Unexpected token ' '");
  check('{"a": 1.x}', 1, 9, "Unterminated fractional number");
  check('{"a": 1} 2', 1, 10, "Unexpected non-whitespace character after the end");
  check(`{"long": "${"x".repeat(90)}",\n "b": [1 2]}`, 2, 10, "Expected ',' or ']' after array element");
});
