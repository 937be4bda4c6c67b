import { expect, it } from "vitest";
import { initialValues } from "./initial-values.ts";
import { linearShapes, placeTensors } from "./tensor-spec.ts";

it("matrices start from normals of deviation 1/√rows, each from draws of its own, biases from 0", () => {
  const specs = placeTensors([...linearShapes("one", 100, 50), ...linearShapes("two", 100, 50)]);
  const values = initialValues(specs, 1);
  const [one, bias, two] = specs.map(({ offset, length }) => values.subarray(offset, offset + length));
  for (const matrix of [one!, two!]) {
    const squares = matrix.reduce((sum, value) => sum + value * value, 0);
    expect(Math.sqrt(squares / matrix.length)).toBeCloseTo(0.1, 2);
  }
  const together = one!.reduce((sum, value, at) => sum + value * two![at]!, 0) / one!.length;
  expect(Math.abs(together)).toBeLessThan(0.001);
  expect(bias!.every((value) => value === 0)).toBe(true);
  expect(initialValues(specs, 1)).toEqual(values);
  expect(initialValues(specs, 2)[0]).not.toBe(values[0]);
});
