#!/usr/bin/env node
import * as even from "./parts/even.mjs";
import shared, { loads } from "./parts/shared.cjs";
import data from "./parts/data.json" with { type: "json" };
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
console.log(even.isEven(6), even.early, even.default.name, loads, shared.where, shared.cycle, shared.never, data.n, require("./parts/shared.cjs").loads);
try { await import("./parts/fails.mjs"); } catch (error) { console.log(error.message); }
try { require("./parts/missing.cjs"); } catch (error) { console.log(error.code); }
export const last = await Promise.resolve("top level"); console.log(last, import.meta.main);
