import { types } from "node:util";

/**
 * What the recorder uses of the language, taken before the first line of the program runs, so that nothing the program
 * does to prototypes or globals reaches the recorder. A method becomes a function of its receiver.
 */
export const uncurryThis = <T, A extends readonly unknown[], R>(method: (this: T, ...values: A) => R) =>
  Function.prototype.call.bind(method) as (self: T, ...values: A) => R;

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
export const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn, is: isSame, keys: ownKeys } = Object;
export const objectPrototype: object = Object.prototype;
export const arrayPrototype: object = Array.prototype;
export const mapPrototype: object = Map.prototype;
export const setPrototype: object = Set.prototype;
export const {
  isProxy,
  isMap,
  isSet,
  isNativeError,
  isDate,
  isRegExp,
  isTypedArray,
  isBigInt64Array,
  isBigUint64Array,
} = types;
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
export const queueTask = queueMicrotask;
export const afterTurn = setImmediate;
export const { apply } = Reflect;
export const toText = String;
export const parseBytes = Buffer.from.bind(Buffer) as (text: string, encoding: "hex") => Uint8Array;
