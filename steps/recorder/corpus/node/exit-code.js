function fail() { process.exitCode = 3; }
fail();
console.error("status is", process.exitCode);
