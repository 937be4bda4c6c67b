async function later() { await 1; throw new TypeError("nobody awaits"); }
async function middle() { await later(); }
middle(); console.log("started");
