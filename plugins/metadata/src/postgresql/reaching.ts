import { OrchestrateError } from "@orchestrate/sdk";
import { metadataError } from "../metadata-error.ts";

/**
 * SQLSTATEs of a server that knows who asks and refuses (https://www.postgresql.org/docs/15/errcodes-appendix.html).
 */
const REFUSED = /^(28|42501)/;

/** Runs what talks to a server; what goes wrong there becomes `metadata-unreachable` or `metadata-unauthorized`. */
export async function reaching<T>(server: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OrchestrateError) throw error;
    const { code = "", message } = error as { readonly code?: string; readonly message: string };
    const why = message === "" ? code : message;
    // The client says by itself that it was given no password.
    if (REFUSED.test(code) || why.startsWith("SASL")) {
      throw metadataError(
        "metadata-unauthorized",
        `PostgreSQL at ${server} refuses: ${why}.`,
        "Check the user, the password and what the user may do in the schema.",
        { cause: error },
      );
    }
    throw metadataError(
      "metadata-unreachable",
      `PostgreSQL at ${server} can't be used: ${why}.`,
      "See whether it runs; what is in the outbox is sent once it does.",
      { cause: error },
    );
  }
}
