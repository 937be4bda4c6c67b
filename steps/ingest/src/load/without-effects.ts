import { StepError } from "@orchestrate/sdk";

/**
 * Does what changes the target at once or not at all, and says of an error that it has not, where that is sure: then a
 * load that was refused does not stand in the way of the next.
 *
 * @param isSure whether an error of that kind leaves the target as it was.
 */
export async function withoutEffects<T>(work: () => Promise<T>, isSure: (error: StepError) => boolean): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StepError) || !isSure(error)) throw error;
    throw new StepError({ ...error.toEnvelope(), effects: "none" }, { cause: error });
  }
}
