import type { AwaitExpression, ReturnStatement, ThrowStatement, YieldExpression } from "acorn";
import { type Context, walk } from "./walk.ts";

export function walkReturn({ start, argument }: ReturnStatement, context: Context): void {
  const { insertions, probe, activation } = context.file;
  if (!context.traced) {
    if (argument) walk(argument, context);
    return;
  }
  const call = `${probe}.${context.guarded ? "r" : "q"}(${activation}`;
  if (!argument) {
    insertions.add(start + "return".length, ` ${call})`);
    return;
  }
  insertions.add(argument.start, ` ${call},(`);
  walk(argument, context);
  insertions.add(argument.end, "))");
}

export function walkThrow({ argument }: ThrowStatement, context: Context): void {
  const { insertions, probe, activation } = context.file;
  if (context.traced) insertions.add(argument.start, ` ${probe}.t(${activation},(`);
  walk(argument, context);
  if (context.traced) insertions.add(argument.end, "))");
}

/** The call is suspended once the operand is known, and resumed with what it gave. */
export function walkAwait({ start, end, argument }: AwaitExpression, context: Context): void {
  const { insertions, probe, activation } = context.file;
  if (!context.traced) {
    walk(argument, context);
    return;
  }
  insertions.add(start, `${probe}?.a(${activation},`);
  insertions.add(argument.start, ` ${probe}.z(${activation},`);
  walk(argument, context);
  insertions.add(argument.end, ")");
  insertions.add(end, ")");
}

export function walkYield({ start, end, argument, delegate }: YieldExpression, context: Context): void {
  const { insertions, probe, activation } = context.file;
  if (!context.traced) {
    if (argument) walk(argument, context);
    return;
  }
  if (!delegate) insertions.add(start, `${probe}?.a(${activation},`);
  if (argument) {
    insertions.add(argument.start, ` ${probe}${delegate ? "?.d" : ".y"}(${activation},`);
    walk(argument, context);
    insertions.add(argument.end, ")");
  } else insertions.add(end, ` ${probe}.y(${activation})`);
  if (!delegate) insertions.add(end, ")");
}
