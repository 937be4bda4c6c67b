function chatter(n) { process.stdout.write(`${"chatter ".repeat(20)}${n}\n`); }
for (let n = 0; ; n++) { chatter(n); if (n === 100) process.kill(process.pid, "SIGKILL"); }
