import { EmittedRecord, z } from "@orchestrate/sdk";

/** Text to look for. No record holds U+0000, and PostgreSQL can't be asked for it. */
const Text = z
  .string()
  .min(1)
  .refine((text) => !text.includes("\0"), "must not hold the character U+0000");

/** A value that a field may be compared with. */
export const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof Scalar>;

/** How many records a question gives at most, unless it says otherwise. */
export const DEFAULT_LIMIT = 1_000;

/** How many a question may ask for. */
export const MOST_RECORDS = 10_000;

/** What to look for. All that is given must hold. */
export const Criteria = z.strictObject({
  kinds: z.array(EmittedRecord.shape.kind).min(1).optional(),
  /** Exactly this subject. */
  subject: Text.optional(),
  /** Everything below this subject: `shop` finds `shop/orders` and `shop/orders/2026`, not `shop` or `shopping`. */
  under: Text.optional(),
  /** Subjects that begin so, as the first digits of a digest. */
  startingWith: Text.optional(),
  producer: Text.optional(),
  /** Fields of the payload: a path with dots, as `result.rows`, to a value or a list of which it must be one. */
  where: z.record(z.string().min(1), z.union([Scalar, z.array(Scalar).min(1)])).optional(),
  /** From this time on. */
  from: z.iso.datetime().optional(),
  /** Before this time. */
  to: z.iso.datetime().optional(),
  /** `latest`: of each kind and subject only the newest, among all there are; what it says must then fit. */
  versions: z.enum(["all", "latest"]).default("all"),
  limit: z.number().int().min(1).max(MOST_RECORDS).default(DEFAULT_LIMIT),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^-?\d{1,15}:\d{1,15}$/, "must be what an earlier page gave as next")
    .optional(),
});

/** As it is asked. */
export type Criteria = z.input<typeof Criteria>;

/** As it is answered, with every default in it. */
export type ParsedCriteria = z.output<typeof Criteria>;
