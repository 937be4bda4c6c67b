export { z } from "zod";
export type { Artifact, ArtifactForm, ArtifactMode, SchemaCheck } from "./artifact.ts";
export { directory, file, json, ndjson } from "./artifact.ts";
export type { Command, CommandContext, CommandDefinition } from "./command.ts";
export { defineCommand } from "./command.ts";
export type { Checkpoints, Log, Progress, Resources, StepContext } from "./context.ts";
export type { ArtifactContract, ServiceContract, StepContract } from "./contract.ts";
export { API } from "./contract.ts";
export { EmittedRecord } from "./emitted-record.ts";
export type { ErrorCategory, ErrorEnvelope } from "./errors.ts";
export { OrchestrateError, StepError } from "./errors.ts";
export type { FollowedRun } from "./follower.ts";
export { Follower } from "./follower.ts";
export type {
  AnyInput,
  AnyOutput,
  DirectoryInput,
  DirectoryOutput,
  FileInput,
  FileOutput,
  Gathered,
  InputHandle,
  JsonInput,
  JsonOutput,
  NdjsonInput,
  NdjsonOutput,
  OutputHandle,
} from "./handles.ts";
export { METADATA_KIND, METADATA_OUTPUT, Metadata } from "./metadata.ts";
export type { PhaseInput, PipelineInput, StepTypes } from "./pipeline.ts";
export { definePipeline } from "./pipeline.ts";
export { issueText } from "./runtime/issue-text.ts";
export type { Finding, Service, ServiceContext, ServiceDefinition } from "./service.ts";
export { defineService } from "./service.ts";
export type { ChildResult, SpawnOptions } from "./services.ts";
export { Clock, Processes } from "./services.ts";
export type { AnyStep, Step, StepDefinition } from "./step.ts";
export { defineStep } from "./step.ts";
export type { Token } from "./token.ts";
export { defineToken } from "./token.ts";
