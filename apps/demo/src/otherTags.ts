import type { PairSet } from "@nearfar/data";
import { openEncoder } from "@nearfar/sentence-embedding";
import { answers } from "./answers.ts";
import { share } from "./share.ts";

/** How often every other tag of a picture finds its remaining tags among the ten nearest, as a share, by the encoder of a run. */
export async function otherTags(run: string, { items }: Pick<PairSet, "items">): Promise<number> {
  const encoder = await openEncoder({ run });
  const half = (odd: number) => items.map(({ captions }) => captions.filter((_, i) => i % 2 === odd).join(" "));
  const found = answers(await encoder.encode(half(0)), await encoder.encode(half(1)), 10);
  encoder.dispose();
  return share(found.hits);
}
