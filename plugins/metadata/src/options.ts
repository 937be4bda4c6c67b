import { z } from "@orchestrate/sdk";
import { KindOptions } from "./kinds/kind-registry.ts";

const Variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable");

/** Which gateway, and how it is reached. Secrets are named by the environment variables that hold them. */
export const GatewayOptions = z.discriminatedUnion("use", [
  z.strictObject({
    /** A SQLite file, `.metadata.sqlite` in the runs directory where none is named. */
    use: z.literal("embedded"),
    /** Relative to the runs directory. */
    file: z.string().min(1).optional(),
  }),
  z.strictObject({
    use: z.literal("postgresql"),
    /** `postgresql://user@host:5432/database`, without a password. */
    url: z
      .string()
      .regex(/^postgres(ql)?:\/\/([^:@/?#]*@)?[^@]*$/, "must be postgresql://user@host/database, without a password")
      .regex(
        /^[^?]*(\?(?!.*\bpassword=).*)?$/,
        "must not have a password; passwordFrom names the variable that holds it",
      ),
    /** The schema that holds the table, made where it is not there. */
    schema: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/, "must be lower-case letters, digits and _")
      .default("orchestrate_metadata"),
    passwordFrom: Variable.optional(),
  }),
  z.strictObject({
    use: z.literal("remote"),
    /** Of the service, as `http://127.0.0.1:7700`, or what it is served below, as `https://example.org/metadata`. */
    url: z
      .url({ protocol: /^https?$/ })
      .regex(/^[^@?#]*$/, "must have no user, password, ? or #; tokenFrom names the variable that holds a token"),
    tokenFrom: Variable.optional(),
  }),
]);

export type GatewayOptions = z.output<typeof GatewayOptions>;

/** What plugins.json, or `follow` in a pipeline, says to this plugin. */
export const MetadataOptions = z.strictObject({
  gateway: GatewayOptions.default({ use: "embedded" }),
  /** Kinds beside those that come with the gateway, or in their place. */
  kinds: z.record(z.string(), KindOptions).default({}),
});

export type MetadataOptions = z.output<typeof MetadataOptions>;
