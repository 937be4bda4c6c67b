import { existsSync, mkdtempSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_POLICY, type Policy } from "../policy/policy.ts";
import { concludeRecording } from "../session/conclude-recording.ts";
import type { Session } from "../session/open-session.ts";
import { TYPE_NAMES } from "../tracer/launch.ts";
import { Transcriber } from "../tracer/transcriber.ts";
import { EventFile } from "./event-file.ts";
import { TraceDirectory } from "./trace-directory.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "writer-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe("the file of events", () => {
  it("is a JSON array, whatever the lengths and however few bytes a write takes", () => {
    const path = join(directory, "trace.json");
    const file = new EventFile(path, (descriptor, bytes, offset, length) =>
      writeSync(descriptor, bytes, offset, Math.min(length, 100_000)),
    );
    const texts = ["short", "é".repeat(400_000), "x".repeat(3_000_000), "last"];
    for (const text of texts) file.text(JSON.stringify({ Path: text }));
    file.bytes(Buffer.from('{"DropLastStep":null}'));
    file.close();
    const events = JSON.parse(readFileSync(path, "utf8"));
    expect(events.map(({ Path }: { Path?: string }) => Path)).toEqual([...texts, undefined]);
  });

  it("is empty where nothing was appended", () => {
    const file = new EventFile(join(directory, "trace.json"));
    file.close();
    expect(JSON.parse(readFileSync(join(directory, "trace.json"), "utf8"))).toEqual([]);
  });
});

describe("a disk that is full when the trace is finished", () => {
  const full = () => {
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  };

  /** Concludes a recording whose trace can't be written. */
  function conclude(policy: Partial<Policy>) {
    const trace = new TraceDirectory(join(directory, "trace"), full);
    const transcriber = new Transcriber({
      events: trace.events,
      program: "/a.js",
      names: TYPE_NAMES.node,
      recordsValues: true,
      mask: (text) => text,
      onNote: () => {},
    });
    const session: Session = {
      ...({ id: "id", program: "/a.js", args: [], root: "/", target: "node" } as const),
      ...{ policy: { ...DEFAULT_POLICY, ...policy }, directory, stream: "", failure: "" },
      filter: {
        sources: [],
        exec: "trace",
        value: "allow",
        valueSource: 0,
        rules: [],
        io: { capture: false, streams: [] },
      },
      config: {
        program: "a.js",
        args: [],
        target: "auto",
        python: "python3",
        env: {},
        filters: [],
        builtin: [],
        values: "changed",
        limits: { depth: 5, length: 1000, elements: 100, total: 1000 },
        policy: {},
      },
      [Symbol.dispose]: () => {},
    };
    const result = { status: 0, signal: null, tail: [] };
    return concludeRecording(session, { result, transcriber, problem: undefined }, trace);
  }

  it("fails the phase, and leaves nothing of the trace", () => {
    expect(conclude({})).toMatchObject({
      code: "recorder-io-failed",
      category: "io",
      detail: "The trace could not be written: ENOSPC: no space left on device, write.",
      hint: "See whether the disk is full. With policy.on_recorder_error = disable the program goes on unrecorded.",
    });
    expect(existsSync(join(directory, "trace", "trace.json"))).toBe(false);
  });

  it("leaves what there is where the policy keeps it", () => {
    expect(conclude({ keep_partial_trace: true })).toMatchObject({ code: "recorder-io-failed" });
    expect(existsSync(join(directory, "trace", "trace.json"))).toBe(true);
  });

  it("fails nothing where the policy lets the recording go", () => {
    expect(conclude({ on_recorder_error: "disable" })).toBeUndefined();
    const metadata = JSON.parse(readFileSync(join(directory, "trace", "trace_metadata.json"), "utf8"));
    expect(metadata.recorder_error).toContain("ENOSPC");
  });
});
