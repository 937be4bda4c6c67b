import { PROBE } from "./instrument/instrument.ts";
import type { Probe } from "./probe.ts";

/** What instrumented ES modules import; the probe is there before the first of them is loaded. */
export const probe: Probe = Reflect.get(globalThis, PROBE);
