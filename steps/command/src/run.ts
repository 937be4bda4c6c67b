import { defineStep, Processes } from "@orchestrate/sdk";
import { CheckpointFile } from "./checkpoint-file.ts";
import { commandFailed } from "./command-failed.ts";
import { commandWords } from "./command-words.ts";
import { CommandConfig } from "./config.ts";
import { forwardEvent } from "./forward-event.ts";
import { gatheredLists } from "./gathered-lists.ts";
import { places } from "./places.ts";
import { variables } from "./variables.ts";

export default defineStep({
  summary: "Run any program, in any language.",
  config: CommandConfig,
  open: true,
  services: { processes: Processes },
  seeds: ["command"],
  codeFields: ["argv", "files", "interpreter"],
  programFields: ["argv", "interpreter"],
  templateFields: ["argv"],
  async run(context) {
    const { config, code, signal, services } = context;
    using lists = gatheredLists(context.inputs);
    using checkpoint = await CheckpointFile.restore(context);
    const known = places({
      ...context,
      seed: context.seeds.command,
      lists: lists.paths,
      checkpoint: checkpoint.path,
    });
    const words = commandWords(config, code, known);
    const result = await services.processes.run(words, {
      env: variables(config, known),
      onEvent: (line) => forwardEvent(line, { ...context, checkpoint }),
    });
    await checkpoint.settled();
    signal.throwIfAborted();
    if (result.status === null || !config.okStatus.includes(result.status))
      throw commandFailed(words, context.project, result);
  },
});
