/** For tests of providers of `metadata/gateway`: the kit that each of them passes. */
export { gatewayKit } from "./gateway-kit.ts";
