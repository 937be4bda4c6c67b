import { z } from "@orchestrate/sdk";

const positive = z.number().positive();

/** The Gaussian process whose residual correlation is the distance. */
export const ResidualOptions = z.strictObject({
  kernel: z.enum(["rbf", "matern52"]).default("matern52"),
  /**
   * The scale of everything else; no distance depends on it. Within these bounds no product of two is lost or infinite.
   */
  variance: z.number().min(1e-100).max(1e100).default(1),
  /** One for all columns, or one for each. */
  lengthscale: z.union([positive, z.array(positive).min(1)]).default(1),
  /** How many of the points are inducing points; all, where there are fewer. */
  inducing: z.number().int().positive().max(4096).default(32),
  /** Added to the variance of each point, in variances: what keeps the residual variance above 0. */
  nugget: z.number().min(1e-9).max(1).default(1e-6),
  /** Added to the covariance of the inducing points, in variances. */
  jitter: z.number().min(1e-12).max(1).default(1e-6),
});

export type ResidualOptions = z.infer<typeof ResidualOptions>;
