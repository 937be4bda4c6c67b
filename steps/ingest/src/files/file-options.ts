import { z } from "@orchestrate/sdk";

/** The options of every endpoint of files. */
export const fileOptions = {
  /** A file or directory that is read, relative to the pipeline. Left out, it is what is wired, or written. */
  path: z.string().min(1).optional(),
  /** Types of columns as SQL writes them, as `decimal(12, 2)`, where the files do not tell, or tell wrong. */
  types: z.record(z.string(), z.string().min(1)).default({}),
  /** The columns that tell rows apart, where they are files that no load has written. */
  key: z.array(z.string().min(1)).default([]),
};
