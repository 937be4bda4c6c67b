import { join, absent } from "node:path";

console.log(join("a", absent));
