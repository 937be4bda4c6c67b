import { BatchWriter } from "./batch-writer.ts";
import { InteractiveReporter } from "./interactive-reporter.ts";
import { hasMovingLine } from "./moving-line.ts";
import { Narrator } from "./narrator.ts";
import { painter } from "./paint.ts";
import { PlainReporter } from "./plain-reporter.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

/**
 * A reporter for the terminal at hand: events as NDJSON; or one line a phase, calm, when it ends, with a progress line
 * below where a person looks at a terminal. Without a terminal there is no escape code at all.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const { later = atTimeout } = options;
  const writer = new BatchWriter((text) => options.print(text), later);
  if (options.format === "json") {
    return {
      event: (event) => writer.line(JSON.stringify(event)),
      note: () => {},
      close: () => writer.flush(),
    };
  }
  const narrator = new Narrator(options.fans ?? new Map(), options.total);
  const plain = new PlainReporter({
    narrator,
    paint: painter(options.colour),
    names: options.names ?? [],
    line: (text) => writer.line(text),
    flush: () => writer.flush(),
  });
  const stream = options.stream ?? process.stdout;
  if (!hasMovingLine(options.terminal, stream)) return plain;
  return new InteractiveReporter({ narrator, plain, writer, colour: options.colour, stream, later });
}

function atTimeout(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms);
  return () => clearTimeout(timer);
}
