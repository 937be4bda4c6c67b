/** Whether a step says by its error that nothing outside has changed; the error may be of another copy of the sdk, and what is thrown may throw where it is looked at. */
export function tellsNoEffects(error: unknown): boolean {
  try {
    return error instanceof Error && Reflect.get(error, "effects") === "none";
  } catch {
    return false;
  }
}
