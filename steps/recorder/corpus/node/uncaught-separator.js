const text = "one two";
function fail() { throw new RangeError(text); }
fail();
