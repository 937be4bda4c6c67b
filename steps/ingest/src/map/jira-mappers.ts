import type { Mapper } from "./mapper.ts";

/** Units of Jira's REST API, version 3. */
export const jiraMappers: readonly Mapper[] = [
  {
    family: "jira",
    unit: "projects",
    model: "cdm.work.project",
    id: "id",
    fields: { key: "key", name: "name", description: "description", lead_id: "lead.accountId", url: "self" },
  },
  {
    family: "jira",
    unit: "users",
    model: "cdm.work.user",
    id: "accountId",
    fields: { display_name: "displayName", email: "emailAddress", active: "active", time_zone: "timeZone" },
  },
  {
    family: "jira",
    unit: "issues",
    model: "cdm.work.item",
    id: "id",
    fields: {
      key: "key",
      project_id: "fields.project.id",
      reporter_id: "fields.reporter.accountId",
      assignee_id: "fields.assignee.accountId",
      type: "fields.issuetype.name",
      status: "fields.status.name",
      status_category: "fields.status.statusCategory.key",
      priority: "fields.priority.name",
      summary: "fields.summary",
      description: "fields.description",
      labels: "fields.labels",
      created_at: "fields.created",
      updated_at: "fields.updated",
      closed_at: "fields.resolutiondate",
    },
  },
  {
    family: "jira",
    unit: "comments",
    model: "cdm.work.comment",
    id: "id",
    fields: {
      item_id: "issueId",
      author_id: "author.accountId",
      body: "body",
      created_at: "created",
      updated_at: "updated",
    },
  },
  {
    family: "jira",
    unit: "worklogs",
    model: "cdm.work.worklog",
    id: "id",
    fields: {
      item_id: "issueId",
      author_id: "author.accountId",
      seconds: "timeSpentSeconds",
      started_at: "started",
      comment: "comment",
      updated_at: "updated",
    },
  },
];
