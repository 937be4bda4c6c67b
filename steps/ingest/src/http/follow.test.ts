import { afterEach, expect, it, vi } from "vitest";
import { follow } from "./follow.ts";

afterEach(() => vi.unstubAllGlobals());

it("does not lead from https to http", async () => {
  const redirection = new Response(null, { status: 302, headers: { location: "http://example.com/rows" } });
  const asked = vi.fn(async () => redirection);
  vi.stubGlobal("fetch", asked);
  const followed = await follow(new URL("https://example.com/rows"), () => ({}), new AbortController().signal);
  expect(followed).toEqual({ refused: "it is redirected to http://example.com, away from TLS" });
  expect(asked).toHaveBeenCalledTimes(1);
});
