import { parentPort, workerData } from "node:worker_threads";
import { KernelMemory, type MemoryPart } from "../kernels/kernel-memory.ts";
import { loadKernels } from "../kernels/kernels.ts";
import { type SharedPoints, sharedSpace } from "../space/shared-space.ts";
import { catchUp, openOutline, type SharedOutline } from "../tree/outline.ts";
import { type Survey, takeSurvey } from "../tree/survey.ts";

/** What a thread is started with. */
export interface SurveyThreadData {
  readonly part: MemoryPart;
  readonly points: SharedPoints;
  readonly outline: SharedOutline;
}

/**
 * A survey of the tree as it is now, in parts of which every thread takes the next; the answer is how many distances a
 * thread's took.
 */
export interface SharedSurvey {
  readonly survey: Survey;
  readonly root: number;
  readonly nodeCount: number;
  /** The first place or node of the desk, and the one after the last. */
  readonly first: number;
  readonly end: number;
  readonly parts: number;
}

if (parentPort !== null) serve(parentPort, workerData as SurveyThreadData);

function serve(port: NonNullable<typeof parentPort>, { part, points, outline: shared }: SurveyThreadData): void {
  const space = sharedSpace(new KernelMemory(part), loadKernels(part.memory), points);
  const outline = openOutline(space, shared);
  const takeNext = () => Atomics.add(outline.desk.next, 0, 1);
  port.postMessage("up");
  port.on("message", ({ survey, root, nodeCount, first, end, parts }: SharedSurvey) => {
    catchUp(outline, root, nodeCount);
    outline.evaluations = 0;
    const start = (part: number) => first + Math.floor(((end - first) * part) / parts);
    for (let part = takeNext(); part < parts; part = takeNext()) {
      takeSurvey(outline, survey, start(part), start(part + 1));
    }
    port.postMessage(outline.evaluations);
  });
}
