/** How the command line was called, and where its words go. */
export interface Invocation {
  readonly cwd: string;
  /** `json`: results as JSON on stdout, errors as an envelope on stderr. */
  readonly format: "text" | "json";
  /** Whether stdout is a terminal that a person looks at. */
  readonly terminal: "interactive" | "plain";
  /** Whether colour may be used: on a terminal only, and never with NO_COLOR. */
  readonly colour: "on" | "off";
  readonly environment: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
  complain(text: string): void;
}

/**
 * A command's module: it gives the exit status. Options come from the command line as `command-table.ts` declares them.
 */
export interface CommandModule {
  run(invocation: Invocation, args: readonly string[], options: Readonly<Record<string, unknown>>): Promise<number>;
}
