export { convNet } from "./convNet.ts";
export type { Encoder } from "./encoder.ts";
export { mlp, type MlpOptions } from "./mlp.ts";
export { resNet, type ResNetOptions } from "./resNet.ts";
export { simclrHead } from "./simclrHead.ts";
