/** The pipe that whoever started a process that runs plugins holds open while it lives; see `spawnPluginProcess`. */
export const ENGINE_PIPE = 4;
