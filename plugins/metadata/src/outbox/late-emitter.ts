import type { Emitter, Gateway } from "../gateway.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";

/** A gateway that is opened when it is first needed, and again where that failed. */
export class LateEmitter implements Emitter {
  readonly #open: () => Promise<Gateway>;
  #opened: Promise<Gateway> | undefined;

  constructor(open: () => Promise<Gateway>) {
    this.#open = open;
  }

  emit(record: MetadataRecord) {
    return this.emitMany([record]);
  }

  async emitMany(records: readonly MetadataRecord[]) {
    this.#opened ??= this.#open();
    try {
      return await (await this.#opened).emitMany(records);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Closes it; what comes later opens it again. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.then(
      (gateway) => gateway.close(),
      () => {},
    );
  }
}
