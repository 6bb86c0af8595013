import type { Measurement } from "./measurement.ts";
import { emoji } from "./pairs/emoji.ts";
import { flickr } from "./pairs/flickr.ts";
import { icons } from "./pairs/icons.ts";
import { search } from "./pairs/search.ts";
import { server } from "./pairs/server.ts";
import { step } from "./pairs/step.ts";

/** Pictures and words in one space: what is trained, and the search among their vectors. */
export const pairs: readonly Measurement[] = [...flickr, ...icons, emoji, ...step, ...search, server];
