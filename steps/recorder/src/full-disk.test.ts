import { describe, expect, it } from "vitest";
import { recordText } from "./fixtures/record-text.ts";
import { tracers } from "./fixtures/tracers.ts";
import type { Policy } from "./policy/policy.ts";
import type { Tracer } from "./tracer/tracer.ts";

/**
 * Starts a program so that no file of it can become longer than 512 KiB: the tracer's stream is the only one that
 * would.
 */
function limited(tracer: Tracer): Tracer {
  const script = `trap "" XFSZ; ulimit -f 1024; exec "$@"`;
  return {
    start: async (session, environment) => {
      const { argv, ...launch } = await tracer.start(session, environment);
      return { ...launch, argv: ["sh", "-c", script, "sh", ...argv] };
    },
  };
}

describe("a tracer that can't write its stream", () => {
  const programs = {
    "a.cjs": `function work(n) {
  return n;
}
process.on("exit", () => console.log("left"));
for (let n = 0; n < 50_000; n++) work(n);
console.log("went on");
`,
    "a.py": `import atexit


def work(n):
    return n


atexit.register(print, "left")
for n in range(50_000):
    work(n)
print("went on")
`,
  };

  /** What comes of it, what the program wrote, and how many events are kept. */
  async function fill(program: keyof typeof programs, policy: Partial<Policy>) {
    const files = { [program]: programs[program] };
    const services = { node: limited(tracers.node), python: limited(tracers.python) };
    const recorded = await recordText(files, { policy }, { services });
    const written = recorded.log.filter(({ level }) => level === "stdout").map(({ message }) => message);
    return { ...recorded, written, kept: recorded.text.match(/"Step"/g)?.length ?? 0 };
  }

  describe.each(["a.cjs", "a.py"] as const)("%s", (program) => {
    const reason = program === "a.py" ? "File too large" : "EFBIG: file too large, write";

    it("is ended with the program, and fails the phase", async () => {
      const { error, written, kept } = await fill(program, {});
      expect(error).toMatchObject({
        code: "recorder-io-failed",
        category: "io",
        detail: expect.stringContaining(reason),
      });
      expect([written, kept]).toEqual([[], 0]);
    });

    it("leaves what it had written where the policy keeps it", async () => {
      const { error, kept } = await fill(program, { keep_partial_trace: true });
      expect(error).toMatchObject({ code: "recorder-io-failed" });
      expect(kept).toBeGreaterThan(100);
    });

    it("lets the program go on unrecorded where the policy says so, and the metadata say why", async () => {
      const { error, written, metadata, kept } = await fill(program, { on_recorder_error: "disable" });
      expect(error).toBeUndefined();
      expect([written, kept]).toEqual([["went on", "left"], 0]);
      expect(metadata.recorder_error).toContain(reason);
      expect(metadata.process_exit_status).toEqual({ code: 0, label: "exit" });
    });
  });
});
