import { resolve } from "node:path";
import type { Gateway } from "./gateway.ts";
import type { GatewaySurroundings } from "./gateway-surroundings.ts";
import { metadataError } from "./metadata-error.ts";
import type { GatewayOptions } from "./options.ts";

export interface GatewayPlace {
  readonly runsDirectory: string;
  /** The value of an environment variable that the options name. */
  readonly variable: (name: string) => string | undefined;
  readonly around: GatewaySurroundings;
}

/** Opens the gateway that the options name. Each technology is loaded only where it is used. */
export async function openGateway(options: GatewayOptions, place: GatewayPlace): Promise<Gateway> {
  switch (options.use) {
    case "embedded": {
      const { EmbeddedGateway } = await import("./embedded/embedded-gateway.ts");
      return new EmbeddedGateway(resolve(place.runsDirectory, options.file ?? ".metadata.sqlite"), place.around);
    }
    case "postgresql": {
      const { PostgresqlGateway } = await import("./postgresql/postgresql-gateway.ts");
      const { url, schema, passwordFrom } = options;
      return PostgresqlGateway.open({ url, schema, password: secret(passwordFrom, place) }, place.around);
    }
    case "remote": {
      const { RemoteGateway } = await import("./remote/remote-gateway.ts");
      return new RemoteGateway({ url: options.url, token: secret(options.tokenFrom, place) });
    }
    default:
      return options satisfies never;
  }
}

function secret(name: string | undefined, { variable }: GatewayPlace): string | undefined {
  if (name === undefined) return undefined;
  const value = variable(name);
  if (value !== undefined) return value;
  throw metadataError(
    "metadata-secret-unset",
    `The metadata gateway needs ${name}, which is not given.`,
    `Set the environment variable ${name}; in a pipeline, name it under the follower's \`secrets\`.`,
  );
}
