import { expect, it } from "vitest";
import { ReplayedState } from "./replayed-state.ts";
import type { TraceEvent } from "./trace-event.ts";

const int = (i: number) => ({ kind: "Int", i });
const begin: readonly TraceEvent[] = [
  { type: "Path", body: "/a.js" },
  { type: "Function", body: { path_id: 0, line: 3, name: "later" } },
  ...["<activation>", "kept", "<return_value>"].map((body): TraceEvent => ({ type: "VariableName", body })),
];
const call = (id: number): TraceEvent => ({
  type: "Call",
  body: { function_id: 0, args: [{ variable_id: 0, value: int(id) }] },
});
const value = (variable_id: number, i: number): TraceEvent => ({ type: "Value", body: { variable_id, value: int(i) } });
const leave: TraceEvent = { type: "Return", body: { return_value: { kind: "None" } } };

function stateAfter(...events: readonly TraceEvent[]): ReplayedState {
  const state = new ReplayedState();
  for (const event of [...begin, ...events]) state.apply(event);
  return state;
}

it("a call that was suspended goes on with its variables, among others of its function", () => {
  const state = stateAfter(call(1), value(1, 7), leave, call(2), value(1, 8), leave, call(1));
  expect(state.stack().map(({ variables }) => variables.get("kept"))).toEqual([int(7)]);
});

it("a call that has returned is forgotten", () => {
  expect(stateAfter(call(1), value(1, 7), leave).suspended.size).toBe(1);
  expect(stateAfter(call(1), leave, call(1), value(2, 9), leave).suspended.size).toBe(0);
});
