import type { Digest } from "@orchestrate/manifests";
import type { KnownConfig } from "./index-port.ts";
import type { Store } from "./store.ts";

/** Parsed configs by code digest and raw config. All of one code are read at once: many phases share a step. */
export class KnownConfigs {
  readonly #store: Store;
  readonly #byCode = new Map<Digest, Map<string, KnownConfig>>();
  readonly #pending: { readonly code: Digest; readonly raw: string; readonly config: KnownConfig }[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  get(code: Digest, raw: string): KnownConfig | undefined {
    return this.#of(code).get(raw);
  }

  put(code: Digest, raw: string, config: KnownConfig): void {
    this.#of(code).set(raw, config);
    this.#pending.push({ code, raw, config });
  }

  write(): void {
    for (const { code, raw, config } of this.#pending) {
      this.#store.run("INSERT OR REPLACE INTO configs VALUES (?, ?, ?, ?)", code, raw, config.json, config.digest);
    }
  }

  written(): void {
    this.#pending.length = 0;
  }

  #of(code: Digest): Map<Digest, KnownConfig> {
    const known = this.#byCode.get(code);
    if (known !== undefined) return known;
    const rows = this.#store.all("SELECT raw, json, digest FROM configs WHERE code = ?", code);
    const configs = new Map(
      rows.map(([raw, json, digest]) => [String(raw), { json: String(json), digest: String(digest) }]),
    );
    this.#byCode.set(code, configs);
    return configs;
  }
}
