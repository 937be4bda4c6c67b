import { StepError } from "@orchestrate/sdk";

/**
 * The lower triangle L of a symmetric positive definite matrix, L Lᵀ = matrix, in place, row by row; what stands above
 * the diagonal is left as it is.
 *
 * @throws StepError `inducing-dependent` (input) where a pivot is not above 0.
 */
export function cholesky(matrix: Float64Array, width: number): void {
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * width + column]!;
      for (let known = 0; known < column; known++) {
        sum -= matrix[row * width + known]! * matrix[column * width + known]!;
      }
      if (column < row) matrix[row * width + column] = sum / matrix[column * width + column]!;
      else if (sum > 0) matrix[row * width + row] = Math.sqrt(sum);
      else throw dependent(row, sum);
    }
  }
}

function dependent(row: number, pivot: number): StepError {
  return new StepError({
    error: "inducing-dependent",
    category: "input",
    detail: `The covariance of the inducing points is not positive definite: pivot ${row} is ${pivot}.`,
    hint: "Raise jitter, or take fewer inducing points or a shorter lengthscale.",
  });
}
