import { execFile } from "node:child_process";
import type { Finding } from "@orchestrate/sdk";

/**
 * Whether an interpreter is there and has torch, and what it would train on.
 *
 * @param timeoutMs how long it may take to say so.
 */
export async function checkTorch(python: string, timeoutMs = 15_000): Promise<Finding> {
  const { error, stdout, stderr } = await ask(python, timeoutMs);
  if (error === null) return { state: "ok", detail: stdout.trim(), hint: "" };
  const why = "code" in error && error.code === "ENOENT" ? "is not here" : `can't import torch: ${lastLine(stderr)}`;
  return {
    state: "warning",
    detail: `${python} ${why}; vision/trainer: torch can't be used, the embedded trainer can.`,
    hint: "Install PyTorch for that interpreter, or name one that has it in the provider's option python.",
  };
}

/** Its answer to which torch it has, and where that computes. */
function ask(
  python: string,
  timeout: number,
): Promise<{ readonly error: Error | null; readonly stdout: string; readonly stderr: string }> {
  const program =
    "import platform, torch; " +
    "device = torch.cuda.get_device_name(0) if torch.cuda.is_available() else 'the processor'; " +
    "print(f'Python {platform.python_version()}, torch {torch.__version__}, on {device}')";
  return new Promise((done) => {
    execFile(python, ["-c", program], { timeout }, (error, stdout, stderr) => done({ error, stdout, stderr }));
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
