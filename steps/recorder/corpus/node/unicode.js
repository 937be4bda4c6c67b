const π = 3.14, 名前 = "日本語", \u0061bc = "escaped", 𝒳 = "astral";
function größe(text) { return [...text].length; }
console.log(π, 名前, abc, 𝒳, größe("👩‍👩‍👧 family"), "\ud800".length, JSON.stringify("\udfff"), "line\u2028separator");
const emoji = { "🔑": "value", ключ: 2 }; console.log(emoji);
