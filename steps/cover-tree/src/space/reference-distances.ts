import { type Preparation, prepareRow } from "./prepare-row.ts";
import { type Report, reported } from "./report.ts";
import { squaredEuclidean } from "./squared-euclidean.ts";

/** The distance of two rows of equal length. What the steps report is equal to it in every bit. */
export type ReferenceDistance = (a: Float64Array, b: Float64Array) => number;

/** √Σ (a − b)². */
export const euclidean = reference("none", "root");
/** |u − v| of the unit vectors. @throws StepError `row-zero`. */
export const cosineChord = reference("unit", "root");
/** The angle in radians. @throws StepError `row-zero`. */
export const cosineAngle = reference("unit", "angle");
/** 1 − r. @throws StepError `row-constant`. */
export const pearson = reference("centred-unit", "half-square");
/** √(2 (1 − r)), a metric. @throws StepError `row-constant`. */
export const pearsonChord = reference("centred-unit", "root");

function reference(preparation: Preparation, report: Report): ReferenceDistance {
  return (a, b) => {
    const [x, y] = [a.slice(), b.slice()];
    prepareRow(x, preparation, "the first row");
    prepareRow(y, preparation, "the second row");
    return reported(squaredEuclidean(x, 0, y, 0, x.length), report);
  };
}
