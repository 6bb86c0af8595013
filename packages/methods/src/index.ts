export type { Method } from "./method.ts";
export { simclr, type SimclrOptions } from "./simclr.ts";
