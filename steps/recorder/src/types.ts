declare module "@orchestrate/sdk" {
  interface StepTypes {
    "recorder/record": typeof import("./record.ts").default;
    "recorder/inspect": typeof import("./inspect.ts").default;
    "recorder/replay": typeof import("./replay.ts").default;
    "recorder/diff": typeof import("./diff.ts").default;
  }
}

export {};
