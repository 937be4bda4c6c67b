let traps = 0;
const handler = new Proxy({}, { get(_, name) { return (...args) => { traps += 1; return Reflect[name](...args); }; } });
const proxies = [new Proxy({ a: 1 }, handler), new Proxy([1, 2], handler), new Proxy(function named() {}, handler), Object.create(new Proxy({}, handler))];
function hold(p) { const inside = { p }, list = [p]; return [inside, list].length; }
for (const p of proxies) hold(p);
console.log(traps);
const revoked = Proxy.revocable({}, {}); revoked.revoke(); console.log(hold(revoked.proxy));
