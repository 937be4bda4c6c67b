// An import that can't be linked: the stack shows its line.
for (const name of ["unlinked", "unparsed"]) await import(`./parts/${name}.mjs`).catch((error) => console.log(error.stack.replaceAll(import.meta.dirname, "HERE")));
