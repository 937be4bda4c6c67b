import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../run-program.ts";

/** The newest whose packages were there for all platforms. */
const VERSION = "2.11.9";

/** How turbo is started: as the npm package says, by Node, or its program for this platform by itself. */
export interface TurboStarts {
  readonly starter: string;
  readonly program: string;
}

/** Installs turbo once for this machine, outside of the repository. */
export function installTurbo(): TurboStarts {
  const prefix = join(tmpdir(), `orchestrate-bench-turbo-${VERSION}`);
  const starter = join(prefix, "node_modules/.bin/turbo");
  if (!existsSync(starter)) {
    mkdirSync(prefix, { recursive: true });
    runProgram({ command: "npm", args: ["install", "--prefix", prefix, `turbo@${VERSION}`], cwd: prefix });
  }
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const arch = process.arch === "x64" ? "64" : process.arch;
  return { starter, program: join(prefix, `node_modules/@turbo/${platform}-${arch}/bin/turbo`) };
}
