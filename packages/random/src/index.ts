export { bernoulli } from "./bernoulli.ts";
export { integer } from "./integer.ts";
export { key, type Key } from "./key.ts";
export { normal } from "./normal.ts";
export { normals } from "./normals.ts";
export { permutation } from "./permutation.ts";
export { threefry2x32 } from "./threefry2x32.ts";
export { uniform } from "./uniform.ts";
export { uniforms } from "./uniforms.ts";
