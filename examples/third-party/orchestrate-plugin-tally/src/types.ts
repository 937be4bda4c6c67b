declare module "@orchestrate/sdk" {
  interface StepTypes {
    "tally/lines": typeof import("./lines.ts").default;
  }
}

export {};
