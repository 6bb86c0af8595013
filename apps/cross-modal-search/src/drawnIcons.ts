import { drawOnce, type PairItem, type PairSet } from "@nearfar/data";
import { decodeImage } from "@nearfar/image-augmentation";

/** A set of icons with its SVG drawn as pixels, which is trusted as it comes from installed packages; any other set as it is. */
export async function drawnIcons<Item extends PairItem>(path: string, set: PairSet<Item>): Promise<PairSet<Item>> {
  if (!path.startsWith("icons:")) return set;
  return drawOnce(set, (svg) => decodeImage(svg, { svg: true, size: SIDE }), { side: SIDE });
}

/** A multiple of the sides that towers of icons have, which make it smaller: 32, 64, 128. */
const SIDE = 128;
