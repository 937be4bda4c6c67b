function stop() { process.kill(process.pid, "SIGTERM"); }
process.stdout.write("before\n");
setTimeout(stop, 5);
setInterval(() => {}, 1000);
