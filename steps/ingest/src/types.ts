declare module "@orchestrate/sdk" {
  interface StepTypes {
    "ingest/load": typeof import("./load.ts").default;
  }
}

export {};
