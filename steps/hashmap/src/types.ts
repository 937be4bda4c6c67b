declare module "@orchestrate/sdk" {
  interface StepTypes {
    "hashmap/generate": typeof import("./generate.ts").default;
    "hashmap/replay": typeof import("./replay.ts").default;
  }
}

export {};
