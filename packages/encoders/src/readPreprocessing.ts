import { join } from "node:path";
import { UserError, type Preprocessing } from "@nearfar/formats";
import { isThere } from "./isThere.ts";
import { parsePreprocessing } from "./parsePreprocessing.ts";
import { readJsonObject } from "./readJsonObject.ts";

/**
 * What a Hugging Face folder wants done to a picture: its `preprocessor_config.json`, or `image_processor` in `processor_config.json`.
 *
 * Processors of CLIP, SigLIP and ViT in all their versions. Scaling without dividing by 255, and pictures that are not normalized, are put into mean and
 * deviation. What `Preprocessing` cannot say (another size before the crop, another filter, no resizing) is a `UserError` that names the file.
 */
export async function readPreprocessing(folder: string): Promise<Preprocessing> {
  const own = join(folder, "preprocessor_config.json");
  const whole = join(folder, "processor_config.json");
  if (await isThere(own)) return fromProcessor(await readJsonObject(own), own);
  if (await isThere(whole)) {
    const { image_processor: part } = await readJsonObject(whole);
    if (part !== undefined) return fromProcessor(Object(part) as Json, whole);
  }
  throw new UserError(`${own}: no such file; it says how pictures are resized and normalized`);
}

type Json = Readonly<Record<string, unknown>>;

function fromProcessor(json: Json, file: string): Preprocessing {
  const refuse = (what: string): never => {
    throw new UserError(`${file}: ${what}`);
  };
  if (json.do_resize === false)
    refuse("do_resize is false; pictures must be resized to the size that the network knows");
  const crop = json.do_center_crop === true || (json.do_center_crop === undefined && json.crop_size !== undefined);
  // Stated for both axes, for the shorter one, or once: that is the shorter one where a crop follows (CLIP), else both (ViT).
  const {
    height,
    width,
    shortest_edge: short,
  } = typeof json.size === "number" ? once(json.size, crop) : sides(json.size);
  const cropped = typeof json.crop_size === "number" ? once(json.crop_size, false) : sides(json.crop_size);
  const all = [...(short === undefined ? [height, width] : [short]), ...(crop ? [cropped.height, cropped.width] : [])];
  if ((short !== undefined && !crop) || new Set(all).size !== 1)
    refuse(
      `pictures resized to one square, whole or cut from the middle, are supported; got size ${told(json.size)}${crop ? ` and crop_size ${told(json.crop_size)}` : ""}`,
    );
  const [size, fit] = [all[0], short === undefined ? "squash" : "crop"];
  const resample = filters[json.resample as number] ?? refuse(`resample is ${told(json.resample)}; supported are 1 (lanczos), 2 (bilinear), 3 (bicubic)`); // prettier-ignore
  // (x · factor - mean) / deviation, as (x / 255 - mean') / deviation'
  const factor = json.do_rescale === false ? 1 : ((json.rescale_factor ?? 1 / 255) as number);
  const scale = Math.abs(factor * 255 - 1) < 1e-6 ? 1 : factor * 255;
  const by = (values: unknown) =>
    Array.isArray(values) ? values.map((value: unknown) => (value as number) / scale) : values;
  const normal = json.do_normalize !== false;
  const [mean, deviation] = [by(normal ? json.image_mean : [0, 0, 0]), by(normal ? json.image_std : [1, 1, 1])];
  return parsePreprocessing({ size, fit, resample, mean, deviation }, file);
}

const once = (side: number, shorter: boolean): Json =>
  shorter ? { shortest_edge: side } : { height: side, width: side };
const sides = (value: unknown) => Object(value) as Json;

/** By PIL's numbers. */
const filters: Readonly<Record<number, Preprocessing["resample"]>> = { 1: "lanczos", 2: "bilinear", 3: "bicubic" };

const told = (value: unknown) => JSON.stringify(value)?.slice(0, 100) ?? "none";
