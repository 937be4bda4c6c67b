/**
 * What the recorder uses of the language, taken before the first line of the program runs, so that nothing the program
 * does to prototypes or globals reaches the recorder. A method becomes a function of its receiver.
 */
const uncurryThis = <T, A extends readonly unknown[], R>(method: (this: T, ...values: A) => R) =>
  Function.prototype.call.bind(method) as (self: T, ...values: A) => R;

/** Taken without an import, which would read every property of the module, and with some of them load others. */
const util = process.getBuiltinModule("node:util");
export const { getCallSites } = util;

const getter = (prototype: object, name: PropertyKey): ((self: unknown) => unknown) =>
  uncurryThis(Object.getOwnPropertyDescriptor(prototype, name)!.get! as (this: unknown) => unknown);

const TypedArray = Object.getPrototypeOf(Uint8Array) as { readonly prototype: Uint8Array };

export const encodeInto = uncurryThis(TextEncoder.prototype.encodeInto);
export const setBytes = uncurryThis(Uint8Array.prototype.set);
export const fillBytes = uncurryThis(Uint8Array.prototype.fill);
export const subarray = uncurryThis(Uint8Array.prototype.subarray) as (
  self: Uint8Array,
  begin: number,
  end?: number,
) => Uint8Array;
export const { imul } = Math;
export const { isArray } = Array;
export const { isInteger } = Number;
export const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, is: isSame, keys: ownKeys } = Object;
export const objectPrototype: object = Object.prototype;
export const arrayPrototype: object = Array.prototype;
export const mapPrototype: object = Map.prototype;
export const setPrototype: object = Set.prototype;
export const { isProxy, isMap, isSet, isNativeError, isDate, isRegExp, isTypedArray } = util.types;
export const mapEntries = uncurryThis(Map.prototype.entries);
export const setValues = uncurryThis(Set.prototype.values);
export const nextEntry = uncurryThis(Object.getPrototypeOf(new Map().entries()).next) as (self: object) => {
  readonly value: readonly [unknown, unknown];
};
export const nextItem = uncurryThis(Object.getPrototypeOf(new Set().values()).next) as (self: object) => {
  readonly value: unknown;
};
export const mapSize = getter(Map.prototype, "size");
export const setSize = getter(Set.prototype, "size");
export const getWeakly = uncurryThis(WeakMap.prototype.get) as <V>(
  self: WeakMap<object, V>,
  key: object,
) => V | undefined;
export const setWeakly = uncurryThis(WeakMap.prototype.set) as <V>(
  self: WeakMap<object, V>,
  key: object,
  value: V,
) => unknown;
export const typedArrayLength = getter(TypedArray.prototype, "length");
export const typedArrayName = getter(TypedArray.prototype, Symbol.toStringTag);
export const dateTime = uncurryThis(Date.prototype.getTime);
export const dateText = uncurryThis(Date.prototype.toISOString);
export const regExpSource = getter(RegExp.prototype, "source");
export const symbolText = uncurryThis(Symbol.prototype.toString);
export const bigintText = uncurryThis(BigInt.prototype.toString);
export const sliceText = uncurryThis(String.prototype.slice);
export const lastIndexOfText = uncurryThis(String.prototype.lastIndexOf);
export const joinTexts = uncurryThis(Array.prototype.join);
export const indexOfText = uncurryThis(String.prototype.indexOf);
export const isView = ArrayBuffer.isView as (value: unknown) => value is NodeJS.ArrayBufferView;
export const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
export const decode = uncurryThis(TextDecoder.prototype.decode);

const then = uncurryThis(Promise.prototype.then);
const done = Promise.resolve();
/**
 * Calls it once what runs now has run. Node's own `queueMicrotask` counts as an asynchronous resource of the program's.
 */
export const queueTask = (task: () => void): void => void then(done, task);

const { waitAsync } = Atomics;
const never = new Int32Array(new SharedArrayBuffer(4));
/**
 * Calls it a moment later, if the process lives so long: a timer would be a resource of the program's, and might keep
 * it alive.
 */
export const afterTurn = (task: () => void): void => {
  const { async, value } = waitAsync(never, 0, 0, 1);
  if (async) void then(value, task);
};
export const { apply, defineProperty: defineOwn, deleteProperty: deleteOwn, ownKeys: ownKeysOf } = Reflect;
export const toText = String;
export const parseBytes = Buffer.from.bind(Buffer) as (text: string, encoding: BufferEncoding) => Uint8Array;
