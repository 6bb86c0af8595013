import type { Image, Preprocessing } from "@nearfar/formats";
import { colorJitter, randomFlip, randomResizedCrop, resizedCrop, type Box } from "@nearfar/image-augmentation";
import { integer, type Key } from "@nearfar/random";
import type { ViewSettings } from "./settings.ts";
import { shifted } from "./shifted.ts";

/**
 * A view of a picture for the towers to meet on, a square of `size` pixels: a random box, mirrored, its colours changed, moved.
 *
 * Each step is off at its zero; with all of them off it is the whole picture as an evaluation sees it. The box is open_clip's only augmentation
 * (.9 to 1 of the area, `image_transform`), the others are for small sets of drawings.
 */
export function pictureView(
  key: Key,
  image: Image,
  { size, fit, resample: filter }: Preprocessing,
  { crop, flip, shift, jitter }: ViewSettings,
): Image {
  let view = image;
  if (crop[0] < 1) view = randomResizedCrop(key.fold("crop"), image, { size, scale: crop, filter });
  else if (image.width !== size || image.height !== size)
    view = resizedCrop(
      image,
      fit === "squash" ? whole(image) : middle(image),
      { width: size, height: size },
      { filter },
    );
  if (flip > 0) view = randomFlip(key.fold("flip"), view, { probability: flip });
  if (jitter > 0)
    view = colorJitter(key.fold("jitter"), view, {
      probability: 0.8,
      brightness: 0.8 * jitter,
      contrast: 0.8 * jitter,
      saturation: 0.8 * jitter,
      hue: 0.2 * jitter,
    });
  if (shift === 0) return view;
  const move = (axis: string) => integer(key.fold("shift").fold(axis), 2 * shift + 1) - shift;
  return shifted(view, move("right"), move("down"));
}

const whole = ({ width, height }: Image): Box => ({ left: 0, top: 0, width, height });

function middle({ width, height }: Image): Box {
  const side = Math.min(width, height);
  return { left: (width - side) >> 1, top: (height - side) >> 1, width: side, height: side };
}
