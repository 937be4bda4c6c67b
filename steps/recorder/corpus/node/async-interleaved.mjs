const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const order = [];
async function worker(name, waits) { for (const ms of waits) { order.push(name); await sleep(ms); } return name; }
async function ticker() { for (let i = 0; i < 3; i++) { order.push(i); await null; } }
const [a, b] = await Promise.all([worker("a", [1, 30]), worker("b", [10, 1]), ticker(), ticker()]);
console.log(a, b, order.join(" "));
