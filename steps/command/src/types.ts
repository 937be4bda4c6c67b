/** Merges the steps of this package into the types of a pipeline in TypeScript; import it for its types only. */
declare module "@orchestrate/sdk" {
  interface StepTypes {
    "command/run": typeof import("./run.ts").default;
  }
}

export {};
