import type { Plugin } from "../../io/plugins/plugin.ts";
import { CONTRACT_TIMEOUT } from "../../io/pool/plugin-inspector.ts";
import { toEnvelope } from "../../run/to-envelope.ts";
import { serviceFacts } from "../build-catalog.ts";
import { withPluginScope } from "../with-plugin-scope.ts";
import { broken, type Check } from "./check.ts";

/** What the providers of a plugin that can tell say of the machine, each under its name. */
export function checkProviders(plugin: Plugin): Promise<readonly Check[]> {
  const names = [...plugin.services].flatMap(([token, providers]) =>
    [...providers.keys()].map((name) => [token, name]),
  );
  return withPluginScope(plugin, CONTRACT_TIMEOUT, async (scope) => {
    const checks: Check[] = [];
    for (const [token = "", name = ""] of names) {
      const { facts, reference } = await serviceFacts(scope, token, name);
      if (!facts.contract.checked) continue;
      try {
        checks.push({ subject: name, ...(await scope.inspector.check(reference)) });
      } catch (problem) {
        const { detail, hint } = toEnvelope(problem);
        checks.push(broken(name, detail, hint));
      }
    }
    return checks;
  });
}
