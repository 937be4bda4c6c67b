/** What a way to compute conflict graphs is chosen for. */
export interface ConflictContext {
  readonly metric: boolean;
  readonly count: number;
}
