/**
 * The floor that the engine is compared with: a loop that makes the same spawns, writes, links, renames and fsyncs, in
 * the same order for each task, and decides, checks and records nothing. Functions are computed in processes that it
 * spawns, one a lane at most, as the engine's workers are. `operations.ts` shows both sides' system calls. Imports
 * nothing of the project, and is started with its types stripped.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  fsync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { promisify } from "node:util";
import type { BareOrder, BareTask } from "./bare-order.ts";

/** The word that starts a lane. */
const LANE = "lane";

const [given] = process.argv.slice(2);
const order = JSON.parse(given === LANE ? "null" : readFileSync(given!, "utf8")) as BareOrder;
const sync = promisify(fsync);

if (given === LANE) serveLane();
else await runAll();

async function runAll(): Promise<void> {
  mkdirSync(`${order.run}/phases`);
  const journal = openSync(`${order.run}/events.ndjson`, "a");
  const idle: ChildProcess[] = [];
  await drive((task) => perform(task, journal, idle));
  closeSync(journal);
  for (const lane of idle) lane.kill("SIGKILL");
}

/** Starts what may start, as many at once as there are lanes. */
async function drive(work: (task: BareTask) => Promise<BareTask>): Promise<void> {
  const followers = new Map<string, BareTask[]>();
  const missing = new Map<string, number>();
  const ready: BareTask[] = [];
  for (const task of order.tasks) {
    missing.set(task.id, task.needs.length);
    if (task.needs.length === 0) ready.push(task);
    for (const need of task.needs) followers.set(need, [...(followers.get(need) ?? []), task]);
  }
  let running = 0;
  let at = 0;
  await new Promise<void>((resolve, reject) => {
    const start = () => {
      while (running < order.lanes && at < ready.length) {
        running += 1;
        work(ready[at++]!).then(finish, reject);
      }
      if (running === 0) resolve();
    };
    const finish = (task: BareTask) => {
      running -= 1;
      for (const follower of followers.get(task.id) ?? []) {
        const left = missing.get(follower.id)! - 1;
        missing.set(follower.id, left);
        if (left === 0) ready.push(follower);
      }
      start();
    };
    start();
  });
}

async function perform(task: BareTask, journal: number, idle: ChildProcess[]): Promise<BareTask> {
  const phases = `${order.run}/phases`;
  const phase = `${phases}/${task.id}`;
  const staging = `${phase}/attempt-1`;
  const output = `${staging}/out.txt`;
  mkdirSync(phase);
  await syncAll([phases]);
  mkdirSync(staging);
  if (order.work === "link") linkSync(`${order.from}/phases/${task.id}/artifacts/out.txt`, output);
  else {
    writeSync(journal, line(task, 193));
    writeFileSync(`${staging}.fence.json`, `${JSON.stringify({ group: 1, start: 1, boot: "0".repeat(36) })}\n`);
    await compute(task, staging, output, idle);
    chmodSync(output, 0o444);
  }
  const prepared = `${staging}.manifest.json`;
  writeFileSync(prepared, order.work === "link" ? linkedManifest(task) : manifest(task, digestOf(output)));
  await syncAll([...(order.work === "link" ? [] : [output]), staging, prepared, phase]);
  renameSync(staging, `${phase}/artifacts`);
  await syncAll([phase]);
  renameSync(prepared, `${phase}/manifest.json`);
  await syncAll([phase]);
  writeSync(journal, line(task, 227));
  return task;
}

async function compute(task: BareTask, staging: string, output: string, idle: ChildProcess[]): Promise<void> {
  if (order.work === "shell") return runShell(task, staging);
  const results = task.needs.map((need) => `${order.run}/phases/${need}/artifacts/out.txt`);
  const paths = task.sourcePath === null ? results : [...results, task.sourcePath];
  const sum = { salt: task.salt, paths, output };
  if (order.work === "call") addUp(sum);
  else await inLane(sum, idle);
}

interface Sum {
  readonly salt: number;
  readonly paths: readonly string[];
  readonly output: string;
}

function addUp({ salt, paths, output }: Sum): void {
  const sum = paths.reduce((all, path) => (all * 31 + Number(readFileSync(path, "utf8"))) % 1_000_003, salt);
  writeFileSync(output, `${sum}\n`);
}

async function inLane(sum: Sum, idle: ChildProcess[]): Promise<void> {
  const lane = idle.pop() ?? fork(process.argv[1]!, [LANE], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  lane.send(sum);
  await once(lane, "message");
  idle.push(lane);
}

function serveLane(): void {
  process.on("message", (sum) => {
    addUp(sum as Sum);
    process.send!("done");
  });
}

function runShell(task: BareTask, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", task.line!], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.resume();
    child.stderr.resume();
    child.on("error", reject);
    child.on("close", (status) => (status === 0 ? resolve() : reject(new Error(`${task.id} ended with ${status}`))));
  });
}

async function syncAll(paths: readonly string[]): Promise<void> {
  if (order.durability === "strict") await Promise.all(paths.map(syncPath));
}

async function syncPath(path: string): Promise<void> {
  const descriptor = openSync(path, "r");
  await sync(descriptor);
  closeSync(descriptor);
}

function digestOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** As many bytes as the engine's manifest of such a phase has. */
function manifest({ id }: BareTask, digest: string): string {
  return `${JSON.stringify({ id, digest, filler: "x".repeat(1_260) })}\n`;
}

/** A reused phase keeps what its first manifest says. */
function linkedManifest({ id }: BareTask): string {
  const original = JSON.parse(readFileSync(`${order.from}/phases/${id}/manifest.json`, "utf8")) as object;
  return `${JSON.stringify({ ...original, reused: "x".repeat(130) })}\n`;
}

function line({ id }: BareTask, length: number): string {
  return `${JSON.stringify({ id }).padEnd(length - 1)}\n`;
}
