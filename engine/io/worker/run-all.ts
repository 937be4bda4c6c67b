/** Runs all of them, one after the other, also where some throw; what the first threw is thrown at the end. */
export async function runAll(acts: readonly (() => unknown)[]): Promise<void> {
  const thrown: unknown[] = [];
  for (const act of acts) {
    try {
      await act();
    } catch (error) {
      thrown.push(error);
    }
  }
  if (thrown.length > 0) throw thrown[0];
}
