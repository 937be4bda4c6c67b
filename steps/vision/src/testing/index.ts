export { trainerKit } from "./trainer-kit.ts";
