import { expect, it } from "vitest";
import { FieldNames } from "./field-names.ts";

/** An object of `size` fields that counts how often it is asked for their names. */
function counted(size: number) {
  const asked = { times: 0 };
  const fields = Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, index]));
  const object = new Proxy(fields, {
    ownKeys(target) {
      asked.times += 1;
      return Reflect.ownKeys(target);
    },
  });
  return { object, asked };
}

it("asks small objects each time, and wide ones no more than in proportion to the looks at them", () => {
  const names = new FieldNames();
  const small = counted(5);
  const wide = counted(4000);
  for (let look = 0; look < 2000; look += 1) {
    expect(names.of(small.object)).toHaveLength(5);
    expect(names.of(wide.object)).toHaveLength(4000);
  }
  expect(small.asked.times).toBe(2000);
  expect(wide.asked.times).toBe(2);
});
