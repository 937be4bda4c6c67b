declare module "@orchestrate/sdk" {
  interface StepTypes {
    "recorder/record": typeof import("./record.ts").default;
  }
}

export {};
