export { trainerKit } from "./trainer/trainer-kit.ts";
