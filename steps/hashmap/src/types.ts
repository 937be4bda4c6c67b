declare module "@orchestrate/sdk" {
  interface StepTypes {
    "hashmap/generate": typeof import("./generate.ts").default;
    "hashmap/validate": typeof import("./validate.ts").default;
    "hashmap/dna": typeof import("./dna.ts").default;
    "hashmap/profile": typeof import("./profile.ts").default;
    "hashmap/replay": typeof import("./replay.ts").default;
    "hashmap/compare": typeof import("./compare.ts").default;
    "hashmap/probe": typeof import("./probe.ts").default;
    "hashmap/inspect": typeof import("./inspect.ts").default;
    "hashmap/verify": typeof import("./verify.ts").default;
    "hashmap/repair": typeof import("./repair.ts").default;
    "hashmap/compact": typeof import("./compact.ts").default;
    "hashmap/report": typeof import("./report.ts").default;
  }
}

export {};
