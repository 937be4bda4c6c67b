function fail() { throw { code: 7, toString() { return "no error"; } }; }
process.on("exit", (code) => console.log("exit", code));
fail();
