import { readFileSync } from "node:fs";
import { JournalEvent } from "@orchestrate/manifests";
import { expect, it } from "vitest";

const page = readFileSync(new URL("../../docs/formats/events.md", import.meta.url), "utf8");
const common = ["v", "time", "type", "phase", "key", "attempt"];

it("names every event, and every field that it has", () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.+?) \|/gm)].map(([, type, fields]) => [
    type!,
    [...fields!.matchAll(/`(\w+)\??`/g)].map(([, name]) => name!).filter((name) => !common.includes(name)),
  ]);
  const events = JournalEvent.unwrap().options.map(({ shape }) => [
    shape.type.value,
    Object.keys(shape).filter((name) => !common.includes(name)),
  ]);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(events));
});
