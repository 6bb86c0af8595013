import { safeEntryName } from "@nearfar/formats";
import { captionDamage } from "./captionDamage.ts";
import type { Damages } from "./damages.ts";
import type { PairCandidate } from "./pairCandidate.ts";
import type { PairItem } from "./pairSet.ts";
import type { Fault } from "./pictureDamage.ts";
import type { PicturePlace } from "./picturePlace.ts";

/** The candidates whose picture is there and which have a caption, and where the pictures lie; all others go to `damaged`, in order. */
export async function lookUpPairs(
  candidates: readonly PairCandidate[],
  place: PicturePlace,
  damaged: Damages,
): Promise<{ items: readonly PairItem[]; at: readonly string[] }> {
  const items: PairItem[] = [];
  const at: string[] = [];
  for (let begin = 0; begin < candidates.length; begin += TOGETHER) {
    const group = candidates.slice(begin, begin + TOGETHER);
    const looked = await Promise.all(group.map(({ path }) => look(path, place)));
    for (const [i, { path, written, captions, concept, fault }] of group.entries()) {
      damaged.tried();
      const sample = written.endsWith(path) && path !== "" ? written : `${written} (${path})`;
      const picture = looked[i]!;
      const wrong = "kind" in picture ? picture : fault;
      const whole = captions.filter((caption) => caption.trim() !== "");
      const damage = wrong ?? captionDamage(captions.length, whole.length);
      // The data ends before the sample that stops it.
      if (damage && !damaged.record({ ...damage, sample })) return { items, at };
      if (wrong || whole.length === 0) continue;
      items.push({ path, captions: whole, ...(concept === undefined ? {} : { concept }) });
      at.push((picture as { at: string }).at);
    }
  }
  damaged.finish();
  return { items, at };
}

// Files opened at a time.
const TOGETHER = 64;

async function look(path: string, place: PicturePlace): Promise<{ readonly at: string } | Fault> {
  if (path === "") return { kind: "picture missing", reason: "no path is given. Fill it in." };
  try {
    safeEntryName(path);
  } catch {
    return {
      kind: "outside the folder",
      reason: 'such a path could lead anywhere. Give it relative to the folder of pictures, without "..".',
    };
  }
  return place.look(path);
}
