import { CompiledCode } from "./compiled-code.ts";

/** The loops over rows; what each does stands in `assembly/rows`. */
export const rowCode = new CompiledCode("rows.wasm", [
  "takePlainRows",
  "record",
  "recordLooks",
  "count",
  "countIn",
  "edgeAt",
  "sumUp",
]);
