import { type FSWatcher, watch } from "node:fs";

/** Calls `onChange` when something in the directories may have changed. */
export type WatchDirectories = (directories: readonly string[], onChange: () => void) => { close(): void };

/**
 * Watches by the system's notices. A directory that is not there yet is tried again, and since an engine that is killed
 * gives no notice, `onChange` is called each second as well.
 */
export const watchDirectories: WatchDirectories = (directories, onChange) => {
  const watchers = new Map<string, FSWatcher>();
  const lookAndTell = () => {
    look();
    onChange();
  };
  const look = () => {
    for (const directory of directories) {
      if (watchers.has(directory)) continue;
      try {
        const watcher = watch(directory, lookAndTell);
        watcher.on("error", () => watchers.delete(directory));
        watchers.set(directory, watcher);
      } catch {
        // It is not there yet, or can't be watched: the next look may do better, and the timer serves till then.
      }
    }
  };
  look();
  const timer = setInterval(lookAndTell, 1_000);
  return {
    close: () => {
      clearInterval(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
};
