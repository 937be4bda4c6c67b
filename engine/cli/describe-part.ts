import type { ArtifactContract, ServiceContract, StepContract } from "@orchestrate/sdk";
import { formatTable } from "../io/terminal/format-table.ts";

/** A contract for people: what a step or service takes, gives and asks for. */
export function describePart(name: string, contract: StepContract | ServiceContract): string {
  return "token" in contract ? describeService(name, contract) : describeStep(name, contract);
}

function describeStep(name: string, contract: StepContract): string {
  const { summary, config, inputs, outputs, services, seeds, effects, reads, open } = contract;
  const facts = [
    ...Object.entries(services).map(([use, token]) => ["service", `${use}: ${token}`]),
    ...(seeds.length === 0 ? [] : [["seeds", seeds.join(", ")]]),
    ...(effects === "external" ? [["effects", "changes something outside the run"]] : []),
    ...(reads === "external" ? [["reads", "something outside the run"]] : []),
    ...(open ? [["open", "the pipeline names its inputs and outputs"]] : []),
    [
      "resources",
      Object.entries(contract.resources)
        .map(([what, amount]) => `${what} ${amount}`)
        .join(", "),
    ],
  ];
  return [
    `${name}  ${summary}`,
    ...formTables("config", config),
    ...table("inputs", Object.entries(inputs).map(artifactRow)),
    ...table("outputs", Object.entries(outputs).map(artifactRow)),
    formatTable(facts, { indent: "  " }),
  ].join("\n");
}

function describeService(name: string, { summary, options, scope }: ServiceContract): string {
  return [`${name}  ${summary}`, ...formTables("options", options), `  scope  ${scope}`].join("\n");
}

function table(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [`  ${title}`, formatTable(rows, { indent: "    " })];
}

function artifactRow([name, { kind, form, path, mode }]: readonly [string, ArtifactContract]): readonly string[] {
  return [name, form, kind, path ?? "", mode === "required" ? "" : mode];
}

/** A table for each form that a schema allows. */
function formTables(title: string, schema: unknown): readonly string[] {
  const { anyOf, oneOf } = schema as FieldSchema;
  const forms = anyOf ?? oneOf ?? [schema];
  return forms.flatMap((form, index) => table(index === 0 ? title : `or ${title}`, fieldsOf(form)));
}

interface FieldSchema {
  readonly anyOf?: readonly FieldSchema[];
  readonly oneOf?: readonly FieldSchema[];
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
}

/** The fields of a JSON Schema, those of nested objects by dotted path. */
function fieldsOf(schema: unknown, prefix = ""): readonly (readonly string[])[] {
  const { properties = {}, required = [] } = schema as FieldSchema;
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const nested = fieldsOf(field, `${path}.`);
    if (nested.length > 0) return nested;
    return [[path, typeOf(field), presenceOf(field, required.includes(name) ? "required" : "optional")]];
  });
}

function typeOf(field: FieldSchema): string {
  if (field.enum !== undefined) return field.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (field.const !== undefined) return JSON.stringify(field.const);
  return typeof field.type === "string" ? field.type : "any";
}

function presenceOf({ default: value }: FieldSchema, presence: "required" | "optional"): string {
  return value === undefined ? presence : `default ${JSON.stringify(value)}`;
}
