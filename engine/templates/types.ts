declare module "@orchestrate/sdk" {
  interface StepTypes {
    "example/count": typeof import("./count.ts").default;
  }
}

export {};
