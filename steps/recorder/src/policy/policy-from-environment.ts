import { StepError } from "@orchestrate/sdk";
import { DEFAULT_POLICY, LOG_LEVELS, type Policy } from "./policy.ts";

type Part = Partial<Policy>;

/** Each variable, what it may say, and the knob it sets. An empty text clears `log_level` and `log_file`. */
const VARIABLES: readonly {
  readonly name: string;
  readonly allowed: string;
  readonly read: (text: string) => Part | undefined;
}[] = [
  {
    name: "CODETRACER_ON_RECORDER_ERROR",
    allowed: "abort or disable",
    read: (text) => {
      const value = text.toLowerCase();
      return value === "abort" || value === "disable" ? { on_recorder_error: value } : undefined;
    },
  },
  flag("CODETRACER_REQUIRE_TRACE", (value) => ({ require_trace: value })),
  flag("CODETRACER_KEEP_PARTIAL_TRACE", (value) => ({ keep_partial_trace: value })),
  {
    name: "CODETRACER_LOG_LEVEL",
    allowed: "debug, info, warn, error or off",
    read: (text) => {
      const level = LOG_LEVELS.find((known) => known === text.toLowerCase());
      if (text === "") return { log_level: DEFAULT_POLICY.log_level };
      return level === undefined ? undefined : { log_level: level };
    },
  },
  {
    name: "CODETRACER_LOG_FILE",
    allowed: "a path",
    read: (text) => ({ log_file: text === "" ? null : text }),
  },
  flag("CODETRACER_JSON_ERRORS", (value) => ({ json_errors: value })),
  { name: "CODETRACER_CAPTURE_IO", allowed: "off, on, or a list of proxies and fd", read: readCapture },
  flag("CODETRACER_MODULE_NAME_FROM_GLOBALS", (value) => ({ module_name_from_globals: value })),
  flag("CODETRACER_PROPAGATE_SCRIPT_EXIT", (value) => ({ propagate_script_exit: value })),
];

/**
 * What the environment says of the policy, all or nothing.
 *
 * @throws StepError `recorder-policy-invalid`, which names every variable that can't be read.
 */
export function policyFromEnvironment(environment: Readonly<Record<string, string>>): Part {
  const parts = VARIABLES.filter(({ name }) => environment[name] !== undefined).map(({ name, allowed, read }) => {
    const text = environment[name]!.trim();
    return { part: read(text), problem: `${name} is ${JSON.stringify(text)}, and must be ${allowed}` };
  });
  const problems = parts.filter(({ part }) => part === undefined).map(({ problem }) => problem);
  if (problems.length === 0) return Object.assign({}, ...parts.map(({ part }) => part)) as Part;
  throw new StepError({
    error: "recorder-policy-invalid",
    category: "input",
    detail: `The environment says what no policy can be: ${problems.join("; ")}.`,
    hint: "Nothing of it was taken. Correct these, or say the policy in the phase's config.",
  });
}

function flag(name: string, part: (value: boolean) => Part): (typeof VARIABLES)[number] {
  return {
    name,
    allowed: "1, true, t, yes, y, 0, false, f, no or n",
    read: (text) => {
      if (/^(?:1|true|t|yes|y)$/i.test(text)) return part(true);
      return /^(?:0|false|f|no|n)$/i.test(text) ? part(false) : undefined;
    },
  };
}

function readCapture(text: string): Part | undefined {
  if (text === "") return { io_capture: DEFAULT_POLICY.io_capture };
  if (/^(?:off|0|none|no|false|disabled?)$/i.test(text)) return { io_capture: "off" };
  if (/^(?:on|1|true|yes)$/i.test(text)) return { io_capture: "proxies" };
  const names = text.toLowerCase().split(/[,+]/);
  if (!names.every((name) => name === "proxies" || name === "fd")) return undefined;
  return { io_capture: names.includes("fd") ? "proxies+fd" : "proxies" };
}
