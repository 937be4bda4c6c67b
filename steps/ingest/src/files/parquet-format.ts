import type { FileFormat } from "./file-format.ts";
import { filesLiteral } from "./literals.ts";

/** Parquet, compressed with Zstandard or Snappy. */
export function parquetFormat(compression: "zstd" | "snappy"): FileFormat {
  return {
    name: "parquet",
    patterns: ["*.parquet"],
    ending: "parquet",
    reading: (files) => `read_parquet(${filesLiteral(files)}, union_by_name=true, hive_partitioning=false)`,
    writing: `FORMAT parquet, COMPRESSION ${compression}`,
  };
}
