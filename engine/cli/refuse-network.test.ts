import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { refuseNetwork } from "./refuse-network.ts";

const runs = `${tmpdir()}/none/here/runs`;

it("refuses a runs directory that would lie on a network file system, unless that is allowed", () => {
  const asked: string[] = [];
  const isNetwork = (path: string) => asked.push(path) > 0;
  expect(() => refuseNetwork(runs, {}, isNetwork)).toThrow(
    expect.objectContaining({
      code: "network-filesystem",
      category: "policy",
      detail: `${runs} lies on a network file system, where a lock may not keep two engines apart.`,
      hint: "Choose another place with --runs-dir, or allow it with --allow-network-filesystem.",
    }),
  );
  // The nearest directory above it that is there tells.
  expect(asked).toEqual([tmpdir()]);
  refuseNetwork(runs, { allowNetworkFilesystem: true }, isNetwork);
  refuseNetwork(runs, {}, () => false);
});
