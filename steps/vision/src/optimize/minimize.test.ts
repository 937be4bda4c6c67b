import { describe, expect, it } from "vitest";
import { minimize } from "./minimize.ts";

describe("minimize", () => {
  it("finds the floor of Rosenbrock's valley", () => {
    const found = minimize(
      ([x, y], gradient) => {
        gradient[0] = -400 * x! * (y! - x! ** 2) - 2 * (1 - x!);
        gradient[1] = 200 * (y! - x! ** 2);
        return 100 * (y! - x! ** 2) ** 2 + (1 - x!) ** 2;
      },
      Float64Array.of(-1.2, 1),
    );
    expect(found[0]).toBeCloseTo(1, 7);
    expect(found[1]).toBeCloseTo(1, 7);
  });

  it("solves a badly scaled quadratic in many dimensions", () => {
    const scales = Float64Array.from({ length: 30 }, (_, at) => 10 ** (at / 8));
    const found = minimize((point, gradient) => {
      let value = 0;
      for (const [at, scale] of scales.entries()) {
        const off = point[at]! - at;
        gradient[at] = 2 * scale * off;
        value += scale * off ** 2;
      }
      return value;
    }, new Float64Array(30));
    for (const [at, value] of found.entries()) expect(value).toBeCloseTo(at, 6);
  });

  it("stays where the gradient is 0, and where no step helps", () => {
    const flat = minimize(() => 7, Float64Array.of(3));
    expect([...flat]).toEqual([3]);
    const lying = minimize((point, gradient) => {
      gradient[0] = -1;
      return point[0]! === 2 ? 0 : 1;
    }, Float64Array.of(2));
    expect([...lying]).toEqual([2]);
  });
});
