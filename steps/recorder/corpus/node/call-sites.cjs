function sites() { const { prepareStackTrace } = Error; Error.prepareStackTrace = (_, all) => all; const { stack } = new Error(); Error.prepareStackTrace = prepareStackTrace; return stack; }
class Thing { method() { return [1].map(() => sites())[0]; } }
const told = (site) => [String(site), site.getLineNumber(), site.getColumnNumber(), site.getPosition(), site.getEnclosingLineNumber(), site.getEnclosingColumnNumber(), site.getFunctionName(), site.getEvalOrigin()].join(" | ");
const here = (list) => list.map(told).filter((text) => text.includes("call-sites")).join("\n").replaceAll(__filename, "HERE");
console.log(here(new Thing().method())); console.log(here(eval("sites()"))); console.log(here(new Function("f", "return f()")(sites)));
Error.prepareStackTrace = undefined; console.log(new Error("plain").stack.split("\n")[1].replaceAll(__filename, "HERE"));
Error.prepareStackTrace = function shout(error, all) { return `${error.message}! ${all[0].getColumnNumber()}`; }; console.log(new Error("own").stack, Error.prepareStackTrace.name);
const mine = () => "mine"; Error.prepareStackTrace = mine; console.log(Error.prepareStackTrace === mine); Error.prepareStackTrace = undefined; console.log(Error.prepareStackTrace);
function here2() { const [site] = require("node:util").getCallSites(1); return [site.lineNumber, site.columnNumber, site.functionName]; } console.log([1].map(() => here2()), require("node:util").getCallSites().length);
