import { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { committed, finished, stamped, started } from "./fixtures/events.ts";
import { recordedReporter } from "./fixtures/recorded-reporter.ts";
import { InteractiveReporter } from "./interactive-reporter.ts";
import { Narrator } from "./narrator.ts";
import { progressText } from "./progress-text.ts";

/** A terminal that keeps what is written to it. */
function fakeTerminal(columns: number) {
  let text = "";
  const writable = new Writable({
    write(chunk, _encoding, callback) {
      text += String(chunk);
      callback();
    },
  });
  const stream = Object.assign(writable, {
    isTTY: true,
    columns,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => writable.write("\u001b[2K"),
  }) as unknown as NodeJS.WriteStream;
  return {
    stream,
    get text() {
      return text;
    },
  };
}

function onTerminal() {
  const terminal = fakeTerminal(60);
  const recorded = recordedReporter({
    terminal: "interactive",
    stream: terminal.stream,
    total: 4,
    print: (text) => void terminal.stream.write(`${text}\n`),
  });
  if (!(recorded.reporter instanceof InteractiveReporter)) throw new TypeError("not interactive");
  return { ...recorded, reporter: recorded.reporter, terminal };
}

describe("a terminal", () => {
  it("shows progress below the lines once work takes long, and leaves the lines alone behind", async () => {
    const { reporter, later, terminal } = onTerminal();
    const [first, second, progress, third, end] = stamped([
      committed("dataset"),
      started("train"),
      { type: "progress", phase: "train", key: null, attempt: 1, done: 2, total: 8, message: "mcc 0.912" },
      committed("train"),
      finished,
    ]);
    reporter.event(first!);
    reporter.event(second!);
    expect(later.map(({ ms }) => ms)).toEqual([50, 300]);
    later[1]?.action();
    await reporter.ready;
    expect(stripVTControlCharacters(terminal.text)).toContain("1/4  train");
    reporter.event(progress!);
    reporter.event(third!);
    reporter.event(end!);
    reporter.close();
    const lines = stripVTControlCharacters(terminal.text).split("\n");
    expect(lines.at(-3)).toMatch(/✓ dataset {5}12\.3 s$/);
    expect(lines.at(-2)).toBe("✓ train       12.3 s");
    expect(terminal.text.endsWith("\n")).toBe(true);
  });

  it("draws nothing where work is short", async () => {
    const { reporter, later, terminal } = onTerminal();
    for (const event of stamped([started("train"), committed("train"), finished])) reporter.event(event);
    reporter.close();
    expect(later).toEqual([]);
    expect(terminal.text).toBe("✓ train       12.3 s\n");
  });

  it("draws nothing where it is closed while the progress line is being loaded", async () => {
    const { reporter, later, terminal } = onTerminal();
    reporter.event(stamped([started("train")])[0]!);
    later[0]?.action();
    reporter.close();
    await reporter.ready;
    expect(terminal.text).toBe("");
  });
});

it("writes lines alone to a terminal that has no size", () => {
  const { stream } = fakeTerminal(0);
  expect(recordedReporter({ terminal: "interactive", stream }).reporter).not.toBeInstanceOf(InteractiveReporter);
});

describe("the progress line", () => {
  const train = { id: "train", phase: "train", done: 2, total: 8, message: "mcc 0.912" };
  const other = { id: "count[a]", phase: "count", done: 0, total: 0, message: "" };

  it.each([
    [{ active: [train], ended: 1, total: 4 }, "1/4  train  ━━━━━───────────────   25%  mcc 0.912"],
    [{ active: [other, train], ended: 1, total: undefined }, "1 done  count[a]  and 1 more"],
    [{ active: [{ ...train, done: 9, message: "" }], ended: 1, total: 4 }, "1/4  train  ━━━━━━━━━━━━━━━━━━━━  100%"],
    [{ active: [], ended: 3, total: 4 }, "3/4"],
  ])("%#", (state, text) => expect(progressText({ ...state, columns: 80 })).toBe(text));

  it.each([
    ["has yet to be made", new Map(), 3],
    ["is known", new Map([["train", 3]]), 5],
  ])("counts the instances of a fan-out whose list %s", (_, planned, total) => {
    const narrator = new Narrator(planned, total);
    for (const event of stamped([{ type: "phase-expanded", phase: "train", keys: ["a", "b", "c"] }]))
      narrator.tell(event);
    expect(narrator.total).toBe(5);
  });

  it("is one line, and cut to the terminal", () => {
    const text = progressText({ active: [{ ...train, message: "a\nb" }], ended: 1, total: 4, columns: 30 });
    expect(text).toBe("1/4  train  ━━━━━─────────…");
  });
});
