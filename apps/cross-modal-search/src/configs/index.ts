export { icons } from "./icons.ts";
export { joined } from "./joined.ts";
export { lit } from "./lit.ts";
export { photos } from "./photos.ts";
