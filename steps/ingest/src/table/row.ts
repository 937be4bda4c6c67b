/**
 * A value on its way between two endpoints: integers as bigint, decimals as text without exponent, floats as number,
 * dates as `2026-01-31`, timestamps in UTC as `2026-01-31 23:59:59.5`, UUIDs in lower case with hyphens, bytes as
 * lower-case hex digits, everything else as text.
 */
export type Value = null | boolean | bigint | number | string;

/** Values in the order of the schema's columns. */
export type Row = readonly Value[];
