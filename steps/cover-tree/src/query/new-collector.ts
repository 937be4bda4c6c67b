import { unreachable } from "../unreachable.ts";
import type { Ask, Collector } from "./collector.ts";
import { NearestHeap } from "./nearest-heap.ts";
import { WithinRadius } from "./within-radius.ts";

export function newCollector(ask: Ask): Collector {
  switch (ask.kind) {
    case "nearest":
      return new NearestHeap(ask.k);
    case "within":
      return new WithinRadius(ask.radius);
    default:
      return unreachable(ask);
  }
}
