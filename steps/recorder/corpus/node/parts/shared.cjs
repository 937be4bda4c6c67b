exports.loads = (exports.loads ?? 0) + 1; exports.where = __filename.endsWith("shared.cjs"); exports.cycle = require("./cycle.cjs").seen; if (exports.loads) return; exports.never = 1;
