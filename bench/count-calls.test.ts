import { expect, it } from "vitest";
import { countCalls, countsOfOne } from "./count-calls.ts";

const trace = `
11 mkdir("/w/p/phases/t1", 0777) = 0
11 mkdir("/w/p/phases", 0777) = -1 EEXIST (File exists)
11 openat(AT_FDCWD</w/p>, "/w/p/phases/t1/out.txt", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0666) = 20</w/p/phases/t1/out.txt>
11 write(20</w/p/phases/t1/out.txt>, "1\\n", 2) = 2
11 write(1<pipe:[7]>, "1\\n", 2) = 2
12 fsync(20</w/p/phases/t1/out.txt> <unfinished ...>
11 rename("/w/p/a", "/w/p/b") = 0
12 <... fsync resumed>) = 0
11 openat(AT_FDCWD</w/p>, "/proc/1/stat", O_RDONLY|O_CLOEXEC) = 20</proc/1/stat>
13 execve("/bin/sh", ["sh", "-c", "true"], 0x7ffd /* 20 vars */) = 0
`;

it("counts what succeeded below the directory, and processes", () => {
  expect(Object.fromEntries(countCalls(trace, "/w/p"))).toEqual({
    mkdir: 1,
    "open to write": 1,
    write: 1,
    fsync: 1,
    rename: 1,
    execve: 1,
    "open to read": 1,
  });
});

it("takes what is the same in both away", () => {
  const one = countsOfOne(
    new Map([["mkdir", 3]]),
    new Map([
      ["mkdir", 203],
      ["link", 100],
    ]),
    100,
  );
  expect(Object.fromEntries(one)).toEqual({ mkdir: 2, link: 1 });
});
