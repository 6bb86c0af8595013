import { openGallery } from "@nearfar/cross-modal-search";
import type { IconItem, PairSet } from "@nearfar/data";
import type { TwoTowers } from "@nearfar/runs";
import { answers, type Answers } from "./answers.ts";

/** Asks for every picture of a set by its name and tags: is it among the ten nearest? */
export async function ask(towers: TwoTowers, set: PairSet<IconItem>): Promise<Answers> {
  const { vectors } = await openGallery(towers, set, { model: towers.name });
  return answers(await towers.texts.encode(set.items.map(({ captions }) => captions.join(" "))), vectors, 10);
}
