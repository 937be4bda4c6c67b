function* tolerant() { for (;;) try { yield "waiting"; } catch (error) { console.log("caught", error.message); } finally { console.log("round"); } }
function* fragile() { yield 1; yield 2; }
const it = tolerant(); it.next(); console.log(it.throw(new Error("first")), it.return(5));
const other = fragile(); other.next();
try { other.throw(new Error("second")); } catch (error) { console.log(error.message, other.next()); }
const unstarted = fragile(); try { unstarted.throw(new Error("third")); } catch (error) { console.log(error.message); }
