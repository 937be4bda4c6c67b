import { file } from "@orchestrate/sdk";

/** What vision/pretrain, vision/import-backbone and vision/explora give, and what training can start from. */
export const backboneArtifact = file("vision/backbone", "backbone.safetensors");
