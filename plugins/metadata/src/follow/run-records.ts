import type { InputRecord, JournalEvent, PhaseManifest, RunDocument, RunManifest } from "@orchestrate/manifests";
import type { EmittedRecord } from "@orchestrate/sdk";
import type { ArtifactPayload, LineagePayload, PhasePayload, RunPayload } from "../kinds/engine-kinds.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";

/** A phase's manifest, and the digest of its file. */
export interface CommittedManifest {
  readonly manifest: PhaseManifest;
  readonly digest: string;
}

/*
 * Keys begin with the run, or with a time, since an index in which new keys stand beside each other takes a fraction of the
 * writing of one in which they stand anywhere.
 */

/** That a run began. */
export function startedRun(document: RunDocument): MetadataRecord {
  return runRecord(document, { status: "started", time: document.created, hash: null });
}

/** That a run succeeded. */
export function succeededRun(document: RunDocument, { finished, run_hash }: RunManifest): MetadataRecord {
  return runRecord(document, { status: "succeeded", time: finished, hash: run_hash });
}

/** That an engine ended with a run that did not succeed; it may be resumed. */
export function endedRun(document: RunDocument, status: "failed" | "interrupted", time: string): MetadataRecord {
  return runRecord(document, { status, time, hash: null });
}

function runRecord(
  { run, pipeline, state, profile, seed, git }: RunDocument,
  {
    status,
    time,
    hash,
  }: { readonly status: RunPayload["status"]; readonly time: string; readonly hash: string | null },
): MetadataRecord {
  const payload: RunPayload = { pipeline, state, status, profile, seed, run_hash: hash, git };
  const isOnce = status === "started" || status === "succeeded";
  return {
    key: `run:${run}:${isOnce ? status : `${status}:${time}`}`,
    kind: "run",
    subject: run,
    time,
    producer: run,
    payload,
  };
}

/** That a phase failed for good, as the journal says. */
export function failedPhase(
  { run, pipeline }: RunDocument,
  { phase, key, error, time }: Extract<JournalEvent, { type: "phase-failed" }>,
): MetadataRecord {
  const payload: PhasePayload = {
    run,
    pipeline,
    phase,
    key,
    status: "failed",
    step: null,
    manifest: null,
    fingerprint: null,
    reused: null,
    started: null,
    inputs: {},
    outputs: {},
    metrics: {},
    error,
  };
  const subject = instancePath(run, phase, key);
  return { key: `${subject}:failed:${time}`, kind: "phase", subject, time, producer: run, payload };
}

/** That a phase was committed, what it made and what it used. */
export function committedPhase({ manifest, digest }: CommittedManifest): readonly MetadataRecord[] {
  const { run, pipeline, phase, key, finished: time, step: whole } = manifest;
  const { code: _, ...step } = whole;
  const reused = manifest.reused?.run ?? null;
  const instance = { run, pipeline, phase, key };
  const common = { time, producer: run };
  const inputs = Object.entries(manifest.inputs).flatMap(([input, record]) =>
    usesOf(record).map((use) => ({ input, ...use })),
  );
  const payload: PhasePayload = {
    ...instance,
    status: "committed",
    step,
    manifest: digest,
    fingerprint: manifest.fingerprint.digest,
    reused,
    started: manifest.started,
    inputs: mapValues(manifest.inputs, (record) => usesOf(record).map((use) => use.digest)),
    outputs: mapValues(manifest.outputs, (output) => output.digest),
    metrics: manifest.metrics,
    error: null,
  };
  const place = instancePath(run, phase, key);
  return [
    { ...common, key: `${place}:committed`, kind: "phase", subject: place, payload },
    ...Object.entries(manifest.outputs).map(([output, { path, kind, form, size, digest: subject }]): MetadataRecord => {
      const artifact: ArtifactPayload = {
        ...instance,
        output,
        kind,
        form,
        size,
        path: `phases/${below(place)}/${path}`,
        step,
        reused,
      };
      return { ...common, key: `${place}:made:${output}`, kind: "artifact", subject, payload: artifact };
    }),
    ...inputs.map(({ input, digest: subject, from }, index): MetadataRecord => {
      const lineage: LineagePayload = { ...instance, input, step, reused, from };
      return { ...common, key: `${place}:used:${index}`, kind: "lineage", subject, payload: lineage };
    }),
  ];
}

/**
 * What a phase's step emitted; `first` is the place of the first of these among all that it emitted. A phase that was
 * reused has fingerprint and start of the one that computed it, so its records have the same keys and times: it does
 * not matter which of them is seen.
 */
export function emittedRecords(
  manifest: PhaseManifest,
  emitted: readonly EmittedRecord[],
  first: number,
): readonly MetadataRecord[] {
  const { run, phase, key, fingerprint, started } = manifest;
  const producer = instancePath(run, phase, key);
  return emitted.map(({ key: given, ...record }, index) => ({
    key: given ?? `${started}:${fingerprint.digest}:${first + index}`,
    ...record,
    time: started,
    producer,
  }));
}

/** `run/phase`, or `run/phase/key`. */
export function instancePath(run: string, phase: string, key: string | null): string {
  return key === null ? `${run}/${phase}` : `${run}/${phase}/${key}`;
}

function below(place: string): string {
  return place.slice(place.indexOf("/") + 1);
}

function usesOf(record: InputRecord): readonly { readonly digest: string; readonly from: LineagePayload["from"] }[] {
  if ("gather" in record) {
    return record.gather.map(({ phase, key, output, digest }) => ({ digest, from: { phase, key, output } }));
  }
  if ("path" in record) return [{ digest: record.digest, from: { path: record.path } }];
  if ("previous" in record) return [{ digest: record.digest, from: { previous: record.previous, run: record.run } }];
  const { phase, key = null, output, digest } = record;
  return [{ digest, from: { phase, key, output } }];
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
