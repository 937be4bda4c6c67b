class Base { static count = 0; #secret; name = this.constructor.name; constructor(secret) { Base.count += 1; this.#secret = secret; } get secret() { return this.#secret; } set secret(value) { this.#secret = value * 2; } static #make() { return new this(1); } static make() { return this.#make(); } has(other) { return #secret in other; } static { this.ready = `ready ${this.name}`; var local = 1; } }
class Derived extends Base { handler = () => this.secret; constructor(...args) { super(...args); this.extra = [...args]; } toString() { return `${super.toString()} ${this.secret}`; } }
const mixin = (Parent) => class extends Parent { mixed() { return super.secret; } };
class Returns extends Base { constructor() { super(0); return { replaced: true }; } }
const d = new (mixin(Derived))(5); d.secret = 4;
console.log(String(d), d.mixed(), d.handler(), d.extra, d.has(d), Base.make().secret, Base.count, Base.ready, new Returns());
try { Derived(); } catch (error) { console.log(error.message); }
console.log(class {}.name === "", (class Named {}).name, typeof Derived.prototype.handler);
