declare module "@orchestrate/sdk" {
  interface StepTypes {
    "vision/dataset": typeof import("./dataset.ts").default;
    "vision/train": typeof import("./train.ts").default;
    "vision/infer": typeof import("./infer.ts").default;
    "vision/sweep": typeof import("./sweep.ts").default;
    "vision/export": typeof import("./export.ts").default;
  }
}

export {};
