import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DEFAULT_FILTER } from "../../filter/builtin/default-filter.ts";
import { FilterEngine } from "../../filter/filter-engine.ts";
import { loadFilter } from "../../filter/load-filter.ts";
import { DecisionServer } from "./decision-server.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "decide-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it("goes on where a program dies with an answer unread", async () => {
  const path = join(directory, "socket");
  const engine = new FilterEngine(loadFilter([{ inline: "builtin-default", text: DEFAULT_FILTER }], directory));
  await using _server = await DecisionServer.listen(path, engine, directory);
  for (const _ of [1, 2, 3]) {
    const program = createConnection(path);
    await new Promise<void>((resolve) => program.once("connect", resolve));
    program.pause();
    await new Promise<void>((resolve) =>
      program.write("name\u001f0\u001flocal\u001fx\n".repeat(2000), () => resolve()),
    );
    await new Promise<void>((resolve) => program.once("close", () => resolve()).destroy());
  }
  const program = createConnection(path);
  program.write("name\u001f0\u001flocal\u001fx\n");
  const [answer] = await new Promise<Buffer[]>((resolve) => program.once("data", (data) => resolve([data])));
  expect(String(answer)).toBe("drop\n");
  program.destroy();
});
