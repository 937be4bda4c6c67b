import type { OpenEndpoint, ReadRequest } from "../endpoint/endpoint.ts";
import type { Row } from "../table/row.ts";

/** All rows of a read. */
export async function allRows(table: OpenEndpoint, request: ReadRequest): Promise<readonly Row[]> {
  const found: Row[] = [];
  for await (const rows of table.read(request)) found.push(...rows);
  return found;
}
