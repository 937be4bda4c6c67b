/** A space of ids of the stream, each with the trace's own. */
export class Realm {
  readonly paths: number[] = [];
  readonly functions: number[] = [];
  readonly variables: number[] = [];
  readonly types: number[] = [];
  readonly sites: { readonly path: number; readonly line: number; readonly event: Buffer }[] = [];
}
