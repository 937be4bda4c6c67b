console.log("log %d", 1); console.error("error"); process.stdout.write("no newline "); process.stdout.write(Buffer.from("bytes\n")); console.table([{ a: 1 }]);
process.stdout.write("callback\n", () => console.warn("written")); console.log(); console.dir({ deep: { er: [1] } }); process.stderr.write("é\n", "utf8");
