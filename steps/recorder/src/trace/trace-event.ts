import { z } from "@orchestrate/sdk";

/** A value as it stands in a trace. */
export interface ValueRecord {
  readonly kind: string;
  readonly type_id?: number;
  readonly [field: string]: unknown;
}

const Value: z.ZodType<ValueRecord> = z.looseObject({ kind: z.string(), type_id: z.number().optional() });
const Variable = z.object({ variable_id: z.number(), value: Value });
const Field = z.object({ name: z.string(), type_id: z.number() });

/** The events of a trace that are looked into; others are passed over. */
const EVENTS = {
  Path: z.string(),
  Function: z.object({ path_id: z.number(), line: z.number(), name: z.string() }),
  VariableName: z.string(),
  Type: z.object({
    kind: z.number(),
    lang_type: z.string(),
    specific_info: z.looseObject({ kind: z.string(), fields: z.array(Field).optional() }),
  }),
  Step: z.object({ path_id: z.number(), line: z.number() }),
  Call: z.object({ function_id: z.number(), args: z.array(Variable) }),
  Return: z.object({ return_value: Value }),
  Value: Variable,
  Event: z.object({ kind: z.number(), metadata: z.string(), content: z.string() }),
  ThreadStart: z.number(),
  ThreadExit: z.number(),
  ThreadSwitch: z.number(),
};

const event = <K extends keyof typeof EVENTS>(type: K) => z.object({ type: z.literal(type), body: EVENTS[type] });

const Event = z.discriminatedUnion("type", [
  event("Path"),
  event("Function"),
  event("VariableName"),
  event("Type"),
  event("Step"),
  event("Call"),
  event("Return"),
  event("Value"),
  event("Event"),
  event("ThreadStart"),
  event("ThreadExit"),
  event("ThreadSwitch"),
]);

/** One event of a trace, or `other`. */
export type TraceEvent = z.output<typeof Event> | { readonly type: "other"; readonly body: unknown };

/**
 * Reads an event; whole numbers beyond 2^53 become BigInts.
 *
 * @throws SyntaxError or z.ZodError where the text is no event.
 */
export function parseEvent(text: string): TraceEvent {
  const value: unknown = LONG.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
  const [name = ""] = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (!isKnown(name)) return { type: "other", body: value };
  return Event.parse({ type: name, body: Reflect.get(Object(value), name) });
}

/** Whether some number may not be kept as it is: only then is it looked at, since that takes long. */
const LONG = /:\s*-?\d{16,}/;

function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? "";
  return typeof value === "number" && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? BigInt(source) : value;
}

const Values = z.array(Value).catch([]);

/** The values that a value holds in this field; none where it has no such field. */
export function elementsOf(value: ValueRecord, field: string): readonly ValueRecord[] {
  return Values.parse(value[field]);
}

/** The number that a value of the kind `BigInt` stands for. */
export function bigIntOf({ b, negative }: ValueRecord): bigint {
  const magnitude = BigInt(`0x${Buffer.from(String(b), "base64").toString("hex") || "0"}`);
  return negative === true ? -magnitude : magnitude;
}

function isKnown(name: string): name is keyof typeof EVENTS {
  return Object.hasOwn(EVENTS, name);
}
