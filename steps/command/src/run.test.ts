import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeConformance, type FakeOptions, runStep } from "@orchestrate/sdk/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import step from "./run.ts";

let project = "";
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "project-"));
});
afterEach(() => rmSync(project, { recursive: true }));

type Options = FakeOptions<typeof step.definition.config>;

/** Runs the step with an input `text` and an output `out`, in the project. */
function run(options: Options) {
  return runStep(step, { project, inputs: { text: { text: "hello\n" } }, outputs: { out: "out.txt" }, ...options });
}

describe("command/run with argv", () => {
  it("runs a program without a shell, with paths in place of templates", async () => {
    using result = await run({ config: { argv: ["cp", "${inputs.text}", "${outputs.out}"] } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.out?.text()).toBe("hello\n");
  });

  it("puts in a dollar where the engine wrote one that came of an item", async () => {
    const argv = ["echo", "${$}{inputs.text} ${$}${$}{x ${$}"];
    using result = await run({ config: { argv }, outputs: {} });
    expect(result.log.map(({ message }) => message)).toEqual(["${inputs.text} $${x $"]);
  });

  it("puts in item, its fields and the seed, and nothing that a shell would", async () => {
    const argv = ["echo", "$HOME `id` lr=${item.opt.lr} tags=${item.tags} name=${item.name} all=${item} $${item} *"];
    const item = { name: "a b", opt: { lr: 0.1 }, tags: ["x"] };
    using result = await run({ config: { argv }, item, outputs: {} });
    expect(result.log[0]?.message).toBe(
      `$HOME \`id\` lr=0.1 tags=["x"] name=a b all=${JSON.stringify(item)} \${item} *`,
    );
  });

  it("takes what is no string as its JSON text", async () => {
    const config = { argv: ["sh", "-c", 'echo "$1 $2 $3 $N"', "sh", 0.1, true, { a: [1] }], env: { N: 5 } };
    using result = await run({ config, outputs: {} });
    expect(result.log[0]?.message).toBe('0.1 true {"a":[1]} 5');
  });

  it("gives the seed that the run's seed makes, in both ways", async () => {
    const config = { argv: ["sh", "-c", 'echo "$1 $SEED"', "sh", "${seed}"] };
    using one = await run({ config, outputs: {}, seed: 1 });
    using two = await run({ config, outputs: {}, seed: 2 });
    const [first = "", second = ""] = [one.log[0]?.message, two.log[0]?.message];
    expect(first).toMatch(/^(\d+) \1$/);
    expect(second).toMatch(/^(\d+) \1$/);
    expect(first).not.toBe(second);
  });

  it("runs a script of the project, which lies elsewhere than it runs", async () => {
    writeFileSync(join(project, "count.py"), "import sys; print(len(open(sys.argv[1]).read()))\n");
    using result = await run({ config: { argv: ["python3", "count.py", "${inputs.text}"] }, outputs: {} });
    expect(result.log.map(({ message }) => message)).toEqual(["6"]);
  });

  it("names a template that is mistyped, before anything runs", async () => {
    using result = await run({ config: { argv: ["touch", "ran", "${inputs.txt}"] } });
    expect(result.error).toMatchObject({
      code: "template-unknown",
      category: "input",
      detail:
        '"${inputs.txt}" in the argument "${inputs.txt}" names nothing; there are inputs.text, outputs.out, seed, checkpoint.',
      hint: 'Did you mean "${inputs.text}"?',
    });
    expect(result.log).toEqual([]);
    using far = await run({ config: { argv: ["echo", "${HOME}"] } });
    expect(far.error).toMatchObject({ hint: 'Write "$${" for the characters "${".' });
    using item = await run({ config: { argv: ["echo", "${item}"] } });
    expect(item.error).toMatchObject({ hint: 'Write "$$${item}" for the characters "${item}".' });
    using open = await run({ config: { argv: ["echo", "x${inputs.text"] } });
    expect(open.error).toMatchObject({
      code: "template-unclosed",
      detail: 'The argument "x${inputs.text" opens a template with "${" and does not close it.',
    });
  });
});

describe("command/run with shell", () => {
  it("gives every path by environment, so that no quoting can go wrong", async () => {
    const inputs = { text: { text: "loud" }, odd: { text: "x" } };
    using result = await run({ config: { shell: 'tr a-z A-Z < "$INPUT_text" > "$OUTPUT_out"' }, inputs });
    expect(result.error).toBeUndefined();
    expect(result.outputs.out?.text()).toBe("LOUD");
  });

  it("gives item, fields and literal variables", async () => {
    using result = await run({
      config: { shell: 'echo "$ITEM|$ITEM_lr|$ITEM_opt_x|$RAW"', env: { RAW: "${item.lr} *" } },
      item: { lr: 0.1, opt: { x: "y z" }, "not-a-name": 1 },
      outputs: {},
    });
    expect(result.log[0]?.message).toBe('{"lr":0.1,"opt":{"x":"y z"},"not-a-name":1}|0.1|y z|${item.lr} *');
    using plain = await run({ config: { shell: 'echo "$ITEM"' }, item: "roads", outputs: {} });
    expect(plain.log[0]?.message).toBe("roads");
  });

  it("runs the line by another interpreter, and gives files of the project by name", async () => {
    writeFileSync(join(project, "greet.txt"), "greetings");
    using result = await run({
      config: {
        shell: "import os; print(open(os.environ['FILE_greet']).read())",
        interpreter: "python3",
        files: { greet: "greet.txt" },
      },
      outputs: {},
    });
    expect(result.log.map(({ message }) => message)).toEqual(["greetings"]);
  });

  it("leaves a line of another interpreter than a shell as it is", async () => {
    using result = await run({
      config: { shell: 'print("${inputs.text}")', interpreter: "python3" },
      outputs: {},
    });
    expect(result.log.map(({ message }) => message)).toEqual(["${inputs.text}"]);
  });

  it("names a project file that does not exist", async () => {
    using result = await run({ config: { shell: "true", files: { script: "cuont.py" } } });
    expect(result.error).toMatchObject({
      code: "project-file-missing",
      detail: '"cuont.py", which the config calls files.script, is no file below the pipeline\'s directory.',
      hint: "Write its path relative to the pipeline file.",
    });
  });

  it("fills a directory", async () => {
    using result = await run({ config: { shell: 'echo a > "$OUTPUT_tree/a.txt"' }, outputs: { tree: "deep/tree/" } });
    expect(result.outputs.tree?.files()).toEqual(["a.txt"]);
  });
});

describe("command/run with a gathered input", () => {
  const parts = [
    { key: "0.1", item: { lr: 0.1 }, text: "one\n" },
    { key: "0.01", item: { lr: 0.01 }, text: "two\n" },
  ];

  it("names a file that lists keys and paths in the list's order, and leaves it behind nowhere", async () => {
    const shell =
      'while IFS="\t" read -r key path; do echo "$key $(cat "$path")"; done < "$INPUT_parts" > "$OUTPUT_out"';
    using result = await run({ config: { shell }, inputs: { parts } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.out?.text()).toBe("0.1 one\n0.01 two\n");
    await describeConformance(step, { config: { shell }, inputs: { parts }, outputs: { out: "out.txt" } });
  });

  it("gives an empty list for an empty fan-out", async () => {
    using result = await run({ config: { argv: ["cp", "${inputs.parts}", "${outputs.out}"] }, inputs: { parts: [] } });
    expect(result.outputs.out?.text()).toBe("");
  });

  it("keeps the lists apart from outputs, whatever these are called", async () => {
    const shell = 'cat "$(cut -f 2 "$INPUT_parts" | head -n 1)" > "$OUTPUT_out"';
    using result = await run({ config: { shell }, inputs: { parts }, outputs: { out: ".gathered/parts.tsv" } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.out?.text()).toBe("one\n");
  });

  it("refuses what can't stand in a list", async () => {
    const odd = [{ key: "a\tb", text: "" }];
    using result = await run({ config: { shell: "true" }, inputs: { parts: odd } });
    expect(result.error).toMatchObject({
      code: "gathered-unlistable",
      detail: expect.stringMatching(/^The instance "a\\tb" of input "parts" at ".*" can't stand in a list\.$/),
    });
  });
});

describe("command/run with descriptor 3", () => {
  it("passes on progress, metrics and log lines, and warns of what is no event", async () => {
    const shell = `
      echo '{"progress":[1,2]}' >&3
      echo '{"progress":[2,2,"done"]}' >&3
      echo '{"metric":{"name":"mcc","value":0.9,"step":1}}' >&3
      echo '{"log":{"level":"warn","message":"careful"}}' >&3
      echo '{"log":{"message":"by the way"}}' >&3
      echo '{"metric":{"name":"loss","value":NaN}}' >&3
      echo '{"metric":{"name":"__proto__","value":1}}' >&3
      echo >&3
      echo oops >&"$ORCHESTRATE_EVENTS_FD"`;
    using result = await run({ config: { shell }, outputs: {} });
    expect(result.error).toBeUndefined();
    expect(result.progress).toEqual([
      { done: 1, total: 2, message: undefined },
      { done: 2, total: 2, message: "done" },
    ]);
    expect(result.metrics).toEqual({ mcc: 0.9 });
    expect(result.log.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "warn: careful",
      "info: by the way",
      'warn: This line on descriptor 3 is no event: {"metric":{"name":"loss","value":NaN}}',
      'warn: This line on descriptor 3 is no event: {"metric":{"name":"__proto__","value":1}}',
      "warn: This line on descriptor 3 is no event: oops",
    ]);
  });
});

describe("command/run with a checkpoint", () => {
  /** Counts to four, and keeps each number; ends in the middle where `$STOP` says so. */
  const shell = `
    count=$(cat "$CHECKPOINT" 2> /dev/null || echo 0)
    echo "from $count"
    while [ "$count" -lt 4 ]; do
      count=$((count + 1))
      echo "$count" > "$CHECKPOINT.new" && mv "$CHECKPOINT.new" "$CHECKPOINT"
      echo '{"checkpoint":true}' >&3
      if [ "$count" = "$STOP" ]; then exit 1; fi
    done
    echo "$count" > "$OUTPUT_out"`;

  it("gives a later attempt what the one before kept last, and leaves it beside no output", async () => {
    const kept: Uint8Array[] = [];
    using first = await run({
      config: { shell, env: { STOP: 2 } },
      onCheckpoint: (data) => void kept.push(data),
    });
    expect(first.error).toMatchObject({ code: "command-failed" });
    // A state that was replaced before it was read is kept no more.
    expect(kept.at(-1)).toEqual(Buffer.from("2\n"));
    using second = await run({ config: { shell }, checkpoint: kept.at(-1)! });
    expect(second.error).toBeUndefined();
    expect(second.log.map(({ message }) => message)).toEqual(["from 2"]);
    expect(second.outputs.out?.text()).toBe("4\n");
    await describeConformance(step, {
      config: { shell },
      inputs: { text: { text: "" } },
      outputs: { out: "out.txt" },
    });
  });

  it("keeps it apart from outputs, whatever these are called", async () => {
    const shell = 'echo state > "$CHECKPOINT"; echo result > "$OUTPUT_out"';
    using result = await run({ config: { shell }, outputs: { out: ".checkpoint" } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.out?.text()).toBe("result\n");
  });

  it("tells the place by a template as well", async () => {
    const argv = ["sh", "-c", `echo state > "$1"; echo '{"checkpoint":true}' >&3`, "sh", "${checkpoint}"];
    const kept: Uint8Array[] = [];
    using result = await run({ config: { argv }, outputs: {}, onCheckpoint: (data) => void kept.push(data) });
    expect(result.error).toBeUndefined();
    expect(kept).toEqual([Buffer.from("state\n")]);
  });

  it("warns where there is nothing to keep, or too much", async () => {
    const say = "echo '{\"checkpoint\":true}' >&3";
    using nothing = await run({ config: { shell: say }, outputs: {} });
    expect(nothing.error).toBeUndefined();
    expect(nothing.log).toMatchObject([
      { level: "warn", message: "The program says that it kept its state, and there is no file $CHECKPOINT." },
    ]);
    using large = await run({ config: { shell: `truncate -s 2147483648 "$CHECKPOINT"; ${say}` }, outputs: {} });
    expect(large.error).toBeUndefined();
    expect(large.log).toMatchObject([
      { level: "warn", message: "A checkpoint must be smaller than 2 GiB; this one has 2147483648 bytes." },
    ]);
  });
});

describe("command/run, failing", () => {
  it("tells the beginning of a long last line", async () => {
    using result = await run({ config: { shell: "head -c 50000 /dev/zero | tr '\\0' x; exit 4" } });
    expect(result.error).toMatchObject({ detail: expect.stringMatching(/Its last lines:\n {2}x{1000} …$/) });
  });

  it("tells the status and the last lines", async () => {
    using result = await run({ config: { shell: "seq 1 30; echo 'no such column' >&2; exit 4" } });
    expect(result.error).toMatchObject({
      code: "command-failed",
      category: "failed",
      detail: expect.stringMatching(
        /^"\/bin\/sh -c seq 1 30; echo 'no such column' >&2; exit 4" ended with status 4\. Its last lines:\n( {2}.*\n){19} {2}.*$/,
      ),
      hint: "All that it said is in the phase's log.",
    });
    expect(String(result.error)).toContain("no such column");
  });

  it("tells the signal, and what SIGKILL may mean", async () => {
    using result = await run({ config: { shell: "kill -KILL $$" } });
    expect(result.error).toMatchObject({
      detail: '"/bin/sh -c kill -KILL $$" was ended by the signal SIGKILL. It wrote nothing.',
      hint: expect.stringMatching(/^Let it say on standard error what is wrong\. .*out of memory/),
    });
  });

  it.each([
    ["a shell's script", { shell: "python3 tools/count.py" }, "tools/count.py"],
    ["a shell's data", { shell: "wc -l < data.csv" }, "data.csv"],
    ["what a script opens", { argv: ["python3", "tools/count.py"] }, "data.csv"],
  ])("tells how to get a file of the project: %s", async (_, config, missed) => {
    mkdirSync(join(project, "tools"));
    writeFileSync(join(project, "tools/count.py"), "open('data.csv')\n");
    writeFileSync(join(project, "data.csv"), "");
    using result = await run({ config });
    expect(result.error).toMatchObject({
      code: "command-failed",
      hint: `It runs in a directory of its own, without the project's "${missed}": name that under \`files\`, or wire it as an input. All that it said is in the phase's log.`,
    });
  });

  it("says nothing of files that it did not look for, or that are not the project's", async () => {
    writeFileSync(join(project, "data.csv"), "");
    using unasked = await run({ config: { shell: "echo data.csv; exit 1" } });
    expect(unasked.error).toMatchObject({ hint: "All that it said is in the phase's log." });
    using elsewhere = await run({ config: { shell: "cat other.csv" } });
    expect(elsewhere.error).toMatchObject({ hint: "All that it said is in the phase's log." });
  });

  it("names files of the project as they are called there", async () => {
    writeFileSync(join(project, "fail.sh"), "exit 1\n");
    using result = await run({ config: { argv: ["sh", "fail.sh", "0.1"] } });
    expect(String(result.error)).toContain('"sh fail.sh 0.1" ended with status 1');
  });

  it("shortens a long command in the message", async () => {
    using result = await run({ config: { argv: ["sh", "-c", "exit 1", "x".repeat(500)] } });
    expect(String(result.error)).toMatch(/"sh -c exit 1 x{107} …" ended with status 1/);
  });

  it("takes other statuses as success where the config says so", async () => {
    using result = await run({ config: { shell: "exit 1", okStatus: [0, 1] }, outputs: {} });
    expect(result.error).toBeUndefined();
  });

  it("names a program that is not there", async () => {
    using result = await run({ config: { argv: ["no-such-program"] } });
    expect(result.error).toMatchObject({ code: "program-not-found" });
  });

  it("fails with the reason of an abort, not with that of the signal it sent", async () => {
    const controller = new AbortController();
    using result = await run({
      config: { shell: "echo '{\"progress\":[0,1]}' >&3; exec sleep 600" },
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("timed out")),
    });
    expect(result.error).toEqual(new Error("timed out"));
  });
});

describe("command/run's config", () => {
  it.each([
    [{}, "say exactly one of argv (a list of words) and shell (a line)"],
    [{ argv: ["a"], shell: "b" }, "say exactly one of argv (a list of words) and shell (a line)"],
    [{ argv: [] }, "argv: Too small"],
    [{ argv: ["a", null] }, "argv[1]: expected string, received null"],
    [{ argv: "echo" }, "argv: expected array, received string"],
    [{ argv: ["a"], interpreter: "sh" }, 'Unrecognized key: "interpreter"'],
    [{ shell: "a", cwd: "/" }, 'Unrecognized key: "cwd"'],
    [
      { shell: 'cp ${inputs.text} "$OUTPUT_out"' },
      'shell: ${inputs.text} is put in only in argv: a shell finds that path as "$INPUT_text"',
    ],
    [{ shell: "a", env: { "A-B": "x" } }, "env.A-B"],
    [{ shell: "a", okStatus: [-1] }, "okStatus[0]"],
  ])("refuses %o in words", async (config, words) => {
    // What does not compile can still stand in YAML.
    const written: object = { config };
    await expect(run(written)).rejects.toThrow(words);
  });

  it("conforms", async () => {
    writeFileSync(join(project, "count.sh"), 'wc -c < "$INPUT_text" > "$OUTPUT_out"\n');
    const example = { project, inputs: { text: { text: "abc" } }, outputs: { out: "out.txt" } };
    await describeConformance(step, { ...example, config: { argv: ["sh", "count.sh"] } });
  });
});
