import { defineService } from "@orchestrate/sdk";
import { Distances } from "../contract.ts";
import { ResidualOptions } from "../residual/residual-options.ts";
import { onlyDistance } from "../space/only-distance.ts";

export default defineService({
  token: Distances,
  summary: "√(1 − |ρ|) of the residuals of a Gaussian process given inducing points, for Vecchia approximations.",
  options: ResidualOptions,
  create: ({ options }) => onlyDistance({ kind: "residual", name: "residual-correlation", options, process: options }),
});
