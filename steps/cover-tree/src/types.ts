declare module "@orchestrate/sdk" {
  interface StepTypes {
    "cover-tree/points": typeof import("./points.ts").default;
    "cover-tree/build": typeof import("./build.ts").default;
    "cover-tree/query": typeof import("./query.ts").default;
    "cover-tree/insert": typeof import("./insert.ts").default;
    "cover-tree/delete": typeof import("./delete.ts").default;
    "cover-tree/benchmark": typeof import("./benchmark.ts").default;
    "cover-tree/validate": typeof import("./validate.ts").default;
  }
}

export {};
