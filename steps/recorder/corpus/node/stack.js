function here() { return new Error("where"); }
const lines = (error) => error.stack.split("\n").slice(0, 4).join("\n");
class Thing { method() { if (true) { return [1].map(() => here())[0]; } } static get prop() { return new Thing().method(); } }
console.log(lines(here())); console.log(lines(Thing.prop));
const structured = (() => { const { prepareStackTrace } = Error; Error.prepareStackTrace = (_, sites) => sites; const [site] = new Error().stack; Error.prepareStackTrace = prepareStackTrace; return site; })();
console.log(structured.getLineNumber(), structured.getFunctionName());
(async () => { await null; console.log(lines(await (async () => { await 1; return here(); })())); })();
