declare module "@orchestrate/sdk" {
  interface StepTypes {
    "ingest/generate": typeof import("./generate.ts").default;
    "ingest/load": typeof import("./load.ts").default;
    "ingest/reconcile": typeof import("./reconcile.ts").default;
    "ingest/harvest": typeof import("./harvest.ts").default;
    "ingest/map": typeof import("./map.ts").default;
  }
}

export {};
