declare module "@orchestrate/sdk" {
  interface StepTypes {
    "vision/dataset": typeof import("./dataset.ts").default;
    "vision/pretrain": typeof import("./pretrain.ts").default;
    "vision/import-backbone": typeof import("./import-backbone.ts").default;
    "vision/explora": typeof import("./explora.ts").default;
    "vision/train": typeof import("./train.ts").default;
    "vision/infer": typeof import("./infer.ts").default;
    "vision/sweep": typeof import("./sweep.ts").default;
    "vision/calibrate": typeof import("./calibrate.ts").default;
    "vision/gate": typeof import("./gate.ts").default;
    "vision/scrc": typeof import("./scrc.ts").default;
    "vision/evaluate": typeof import("./evaluate.ts").default;
    "vision/export": typeof import("./export.ts").default;
    "vision/verify-bundle": typeof import("./verify-bundle.ts").default;
    "vision/predict": typeof import("./predict.ts").default;
  }
}

export {};
