exports.seen = require("./shared.cjs").loads;
