import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "./policy.ts";
import { resolvePolicy } from "./resolve-policy.ts";

describe("the policy", () => {
  it("is the default where nothing is said", () => expect(resolvePolicy({}, {})).toEqual(DEFAULT_POLICY));

  it.each([
    ["CODETRACER_ON_RECORDER_ERROR", "disable", { on_recorder_error: "disable" }],
    ["CODETRACER_REQUIRE_TRACE", "YES", { require_trace: true }],
    ["CODETRACER_KEEP_PARTIAL_TRACE", "t", { keep_partial_trace: true }],
    ["CODETRACER_LOG_LEVEL", "debug", { log_level: "debug" }],
    ["CODETRACER_LOG_LEVEL", "", { log_level: "warn" }],
    ["CODETRACER_LOG_FILE", "recorder.log", { log_file: "recorder.log" }],
    ["CODETRACER_LOG_FILE", "", { log_file: null }],
    ["CODETRACER_JSON_ERRORS", "1", { json_errors: true }],
    ["CODETRACER_CAPTURE_IO", "none", { io_capture: "off" }],
    ["CODETRACER_CAPTURE_IO", "true", { io_capture: "proxies" }],
    ["CODETRACER_CAPTURE_IO", "proxies,fd", { io_capture: "proxies+fd" }],
    ["CODETRACER_CAPTURE_IO", "FD", { io_capture: "proxies+fd" }],
    ["CODETRACER_CAPTURE_IO", "proxies", { io_capture: "proxies" }],
    ["CODETRACER_CAPTURE_IO", "", { io_capture: "proxies" }],
    ["CODETRACER_MODULE_NAME_FROM_GLOBALS", "n", { module_name_from_globals: false }],
    ["CODETRACER_PROPAGATE_SCRIPT_EXIT", "true", { propagate_script_exit: true }],
  ])("takes %s=%s from the environment", (name, text, part) => {
    expect(resolvePolicy({}, { [name]: text })).toEqual({ ...DEFAULT_POLICY, ...part });
  });

  it("lets the config stand above the environment", () => {
    expect(resolvePolicy({ require_trace: false }, { CODETRACER_REQUIRE_TRACE: "1" }).require_trace).toBe(false);
  });

  it("takes nothing where one thing is wrong, and names all that is", () => {
    const environment = {
      CODETRACER_REQUIRE_TRACE: "maybe",
      CODETRACER_JSON_ERRORS: "1",
      CODETRACER_CAPTURE_IO: "pipes",
    };
    expect(() => resolvePolicy({}, environment)).toThrow(
      expect.objectContaining({
        code: "recorder-policy-invalid",
        category: "input",
        detail:
          'The environment says what no policy can be: CODETRACER_REQUIRE_TRACE is "maybe", and must be 1, true, t, yes, y, 0, false, f, no or n; CODETRACER_CAPTURE_IO is "pipes", and must be off, on, or a list of proxies and fd.',
        hint: "Nothing of it was taken. Correct these, or say the policy in the phase's config.",
      }),
    );
  });
});
