/** How a field of a model comes out of a raw unit: the first of several paths that holds something. */
export type FieldRule = string | readonly string[];

/** Makes units of a source system into rows of a common model. */
export interface Mapper {
  /** The source system, its unit and the model, by which it is found. */
  readonly family: string;
  readonly unit: string;
  readonly model: ModelName;
  /** The path of the unit's own id; a unit without one is rejected. */
  readonly id: string;
  /** Fields of the model by paths of the unit, as `fields.status.name`; `*` goes through a list. */
  readonly fields: Readonly<Record<string, FieldRule>>;
}

/**
 * The common models, and the fields that their rows may have beside `cdm_id`, `source_system`, `source_id`,
 * `raw_source`.
 */
export const MODELS = {
  "cdm.work.project": ["key", "name", "description", "lead_id", "url"],
  "cdm.work.user": ["display_name", "email", "active", "time_zone"],
  "cdm.work.item": [
    "key",
    "project_id",
    "reporter_id",
    "assignee_id",
    "type",
    "status",
    "status_category",
    "priority",
    "summary",
    "description",
    "labels",
    "created_at",
    "updated_at",
    "closed_at",
  ],
  "cdm.work.comment": ["item_id", "author_id", "body", "created_at", "updated_at"],
  "cdm.work.worklog": ["item_id", "author_id", "seconds", "started_at", "comment", "updated_at"],
  "cdm.doc.space": ["key", "name", "description", "url"],
  "cdm.doc.item": [
    "space_id",
    "parent_id",
    "title",
    "doc_type",
    "mime_type",
    "author_id",
    "editor_id",
    "created_at",
    "updated_at",
    "url",
    "tags",
  ],
  "cdm.doc.revision": ["item_id", "number", "author_id", "message", "created_at"],
  "cdm.doc.link": ["item_id", "target_id", "relation", "url"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ModelName = keyof typeof MODELS;
