import { accessSync, constants, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { errnoOf } from "@orchestrate/manifests";
import { ensureWritable } from "../ensure-writable.ts";
import { SQLITE_BUSY, sqliteResult } from "../sqlite-result.ts";
import { schema, schemaVersion } from "./schema.ts";

/**
 * Opens the database of an index, made where it is not there yet. One that is damaged or of another version is deleted
 * and made anew. Where another process has that one open, or writes for longer than `busyMs`, or this user may not
 * write it, or the disk refuses, the database lives in memory.
 */
export function openDatabase(file: string, busyMs: number): DatabaseSync {
  const first = tryOpen(file, busyMs);
  if (typeof first === "object") return first;
  if (first === "busy" || discardDatabase(file) === "kept") return inMemory();
  const second = tryOpen(file, busyMs);
  return typeof second === "object" ? second : inMemory();
}

/**
 * Deletes a database with its side files, except where another process has it open, it is another user's or the disk
 * refuses.
 */
export function discardDatabase(file: string): "gone" | "kept" {
  try {
    ensureWritable(file);
    if (isOpenElsewhere(file)) return "kept";
    for (const path of [file, ...sideFiles(file)]) rmSync(path, { force: true });
    return "gone";
  } catch {
    return "kept";
  }
}

function tryOpen(file: string, busyMs: number): DatabaseSync | "busy" | "unusable" {
  let database: DatabaseSync | undefined;
  try {
    // Who may only read a database in WAL mode makes side files for it all the same, which its owner can't write then.
    ensureWritable(file);
    if (sideFiles(file).some(isReadOnly)) return "unusable";
    database = connect(file, busyMs);
    // In this order: a change of mode waits for the disk, and nothing depends on what is kept here.
    database.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;");
    if (versionOf(database) === 0) create(database);
    if (versionOf(database) === schemaVersion) return database;
  } catch (error) {
    closeQuietly(database);
    return sqliteResult(error) === SQLITE_BUSY ? "busy" : "unusable";
  }
  closeQuietly(database);
  return "unusable";
}

/** Two engines may come here at once: the version is read again once no other can write. */
function create(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  if (versionOf(database) === 0) database.exec(`${schema} PRAGMA user_version = ${schemaVersion};`);
  database.exec("COMMIT");
}

function sideFiles(file: string): readonly string[] {
  return [`${file}-wal`, `${file}-shm`];
}

function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return errnoOf(error) !== "ENOENT";
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}

/** In WAL mode every connection holds a shared lock, and leaving that mode takes an exclusive one. */
function isOpenElsewhere(file: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = connect(file, 0);
    database.exec("PRAGMA journal_mode = DELETE");
    return false;
  } catch (error) {
    return sqliteResult(error) === SQLITE_BUSY;
  } finally {
    closeQuietly(database);
  }
}

function inMemory(): DatabaseSync {
  const database = connect(":memory:", 0);
  database.exec(schema);
  return database;
}

function connect(file: string, busyMs: number): DatabaseSync {
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  return new DatabaseSync(file, { timeout: busyMs });
}

function closeQuietly(database: DatabaseSync | undefined): void {
  try {
    database?.close();
  } catch {
    // It was never open.
  }
}
