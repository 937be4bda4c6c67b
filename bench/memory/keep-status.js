// Loaded before the engine; at its end, keeps what Linux says of the process (proc_pid_status(5)), its peak included.
import { readFileSync, writeFileSync } from "node:fs";

const file = process.env.BENCH_STATUS;
if (file !== undefined) process.on("exit", () => writeFileSync(file, readFileSync("/proc/self/status")));
