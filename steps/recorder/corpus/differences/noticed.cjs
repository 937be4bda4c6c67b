// Tells, by name, all that a program could notice of a recorder; a test says which of it differs.
const { AsyncResource, createHook } = require("node:async_hooks"); const { EventEmitter } = require("node:events"); const module_ = require("node:module");
const noticed = {};
const shape = (descriptor) => descriptor && Object.entries(descriptor).map(([key, value]) => `${key}:${typeof value === "function" ? `${value.name}/${value.length}` : typeof value === "object" ? typeof value : value}`).join();
const shapes = (object) => Reflect.ownKeys(object).filter((key) => !["pid", "ppid"].includes(key)).map((key) => `${String(key)} ${shape(Object.getOwnPropertyDescriptor(object, key))}`);
const lines = (stack) => stack.replaceAll(__filename, "HERE").split("\n");
noticed["first asynchronous id"] = new AsyncResource("x").asyncId();
noticed["resources before any"] = process.getActiveResourcesInfo();
noticed["listeners"] = [process.eventNames(), process.listenerCount("exit"), process.listenerCount("uncaughtExceptionMonitor"), process.hasUncaughtExceptionCaptureCallback()];
for (const [name, object] of [["Error", Error], ["Error.prototype", Error.prototype], ["Promise", Promise], ["Module", module_], ["console", console], ["EventEmitter.prototype", EventEmitter.prototype], ["util", require("node:util")]]) noticed[`properties of ${name}`] = shapes(object);
noticed["properties of process"] = shapes(process); noticed["properties of the prototype of process"] = shapes(Object.getPrototypeOf(process));
noticed["process.emit"] = process.emit === EventEmitter.prototype.emit;
noticed["names of global properties"] = Reflect.ownKeys(globalThis).map(String); noticed["enumerable global properties"] = Object.keys(globalThis);
noticed["properties of process.stdout"] = shapes(process.stdout); noticed["properties of process.stderr"] = shapes(process.stderr); noticed["process.stdout.write"] = [process.stdout.write.name, process.stdout.write.length];
noticed["process.stdout as it is shown"] = Object.keys(process.stdout);
noticed["modules loaded"] = [Object.keys(require.cache).length, module.children.length, module.parent === null, require.main === module, process._preload_modules, process.moduleLoadList.includes("NativeModule worker_threads")];
noticed["arguments"] = [process.argv.length, process.execArgv, process.title, process.argv0];
noticed["environment"] = Object.keys(process.env).filter((name) => !/^ORCHESTRATE_ATTEMPT$|^_$/.test(name)).sort();
noticed["file descriptors"] = require("node:fs").readdirSync("/proc/self/fd").length;
noticed["source maps"] = [process.sourceMapsEnabled, module_.getSourceMapsSupport(), module_.findSourceMap(__filename) === undefined];
function shown(a, b = 2) { return a + b; }
noticed["fn.toString()"] = shown.toString(); noticed["fn.name and fn.length"] = [shown.name, shown.length, (() => {}).name, (class { x = () => 1; }).name];
noticed["stacks"] = lines(new Error("here").stack);
try { process.stdout.write(5); } catch (error) { noticed["stack of an error in write"] = lines(error.stack); }
try { null.x; } catch (error) { noticed["errors"] = [error.message, ...lines(error.stack)]; }
const { prepareStackTrace } = Error; const mine = (_, sites) => sites.map((site) => [site.getLineNumber(), site.getColumnNumber(), site.getPosition(), String(site)].join().replaceAll(__filename, "HERE"));
Error.prepareStackTrace = mine; noticed["structured call sites"] = new Error().stack; noticed["Error.prepareStackTrace as it was set"] = Error.prepareStackTrace === mine; Error.prepareStackTrace = prepareStackTrace;
noticed["Error.prepareStackTrace as it was"] = Error.prepareStackTrace === prepareStackTrace;
noticed["util.getCallSites"] = require("node:util").getCallSites(2).map(({ lineNumber, columnNumber, functionName }) => [lineNumber, columnNumber, functionName]);
async function pause() { await null; return 1; }
const timed = []; setTimeout(() => { timed.push("timeout"); setImmediate(() => { timed.push("immediate"); setTimeout(waited, 5); }); process.nextTick(() => timed.push("tick")); Promise.resolve().then(() => timed.push("promise")); }, 5);
function waited() { noticed["order of callbacks"] = timed; noticed["resources while it waits"] = process.getActiveResourcesInfo(); hooked(); }
function hooked() {
  const types = []; const hook = createHook({ init: (_, type) => types.push(type) }).enable();
  pause().then(() => setTimeout(() => { hook.disable(); noticed["types of asynchronous resources"] = types.sort(); }, 5));
}
process.on("exit", () => { noticed["stack in a listener of exit"] = lines(new Error("left").stack); process.stdout.write(JSON.stringify(noticed)); });
