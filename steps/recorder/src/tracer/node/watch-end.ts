import { apply, getCallSites } from "./primordials.ts";

export interface EndWatcher {
  /** An exception that nobody caught; the program may have a listener that handles it. */
  readonly onUncaught: (thrown: unknown) => void;
  /** The process is about to end; listeners of the program may still run. */
  readonly onExit: () => void;
  /** An exception that nobody handled: nothing of the program runs after this, and Node tells of it. */
  readonly onFatal: () => void;
}

type Emit = (this: unknown, ...values: unknown[]) => unknown;

/**
 * Tells how the process ends, without a listener. Node reads `process.emit` anew for each event that it emits, and is
 * given the function that stands there; only while it handles an exception that nobody caught, one around that.
 */
export function watchEnd(watcher: EndWatcher): void {
  const inherited = Object.getPrototypeOf(Object.getPrototypeOf(process)) as { readonly emit: Emit };
  const state: { isFatal: boolean; assigned: Emit | undefined } = { isFatal: false, assigned: undefined };
  const emit = () => state.assigned ?? inherited.emit;
  const isExiting = Object.getOwnPropertyDescriptor(process, "_exiting")!.get as () => boolean;
  const watched: Emit = function (...values) {
    if (values[0] === "uncaughtExceptionMonitor") watcher.onUncaught(values[1]);
    if (values[0] === "exit") watcher.onExit();
    try {
      const handled = apply(emit(), this, values);
      if (values[0] === "uncaughtException" && handled !== true) state.isFatal = true;
      return handled;
    } finally {
      if (state.isFatal && apply(isExiting, process, [])) watcher.onFatal();
    }
  };
  Object.defineProperty(Object.getPrototypeOf(process), "emit", {
    configurable: true,
    enumerable: false,
    get() {
      const isUncaught = isHandlerOfExceptions(getCallSites(2)[1]?.scriptName);
      if (!isUncaught && apply(isExiting, process, [])) watcher.onExit();
      return isUncaught ? watched : emit();
    },
    set(value: Emit) {
      state.assigned = value;
    },
  });
}

function isHandlerOfExceptions(script: string | undefined): boolean {
  return script === "node:internal/process/execution" || script === "node:internal/main/worker_thread";
}
