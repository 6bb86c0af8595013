export { imagenet } from "./imagenet.ts";
export { large } from "./large.ts";
export { small } from "./small.ts";
export { smallResnet18 } from "./smallResnet18.ts";
