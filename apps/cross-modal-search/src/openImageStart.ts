import {
  newImageEncoder,
  openImageModel,
  visionTransformer,
  writeImageModel,
  type ImageEncoderSettings,
} from "@nearfar/encoders";
import { UserError, type Preprocessing } from "@nearfar/formats";
import { choices } from "./choices.ts";
import type { ImageStart } from "./imageStart.ts";
import type { Settings } from "./settings.ts";
import { towerFolder } from "./towerFolder.ts";

/** The tower of pictures that the settings start from: a new one, or that of a model folder or of a run. */
export async function openImageStart(settings: Settings): Promise<ImageStart> {
  const own = newTower(settings);
  if (own) {
    if (settings.size === 0) throw new UserError("--size: a new tower of pictures needs one, such as 64.");
    return startOf(own, { ...settings.pixels, size: settings.size });
  }
  const model = await openImageModel(await towerFolder("image", settings.image, choices.image));
  const size = settings.size === 0 ? model.preprocessing.size : settings.size;
  if (knowsPlaces(model.settings) && size !== model.preprocessing.size) {
    model.dispose();
    throw new UserError(
      `--size ${size}: ${settings.image} knows the places of pictures of ${model.preprocessing.size} px; leave --size out.`,
    );
  }
  const start = startOf(model.settings, { ...model.preprocessing, size });
  return { ...start, encoder: { ...start.encoder, init: () => model.params } };
}

const knowsPlaces = (settings: ImageEncoderSettings) =>
  settings.kind === "vit" || (settings.kind === "convnet" && settings.grid > 0);

function startOf(settings: ImageEncoderSettings, preprocessing: Preprocessing): ImageStart {
  return {
    encoder: newImageEncoder(settings),
    preprocessing,
    write: (folder, params) => writeImageModel(folder, { settings, params, preprocessing }),
  };
}

function newTower({ image, conv, vit, size }: Settings): ImageEncoderSettings | undefined {
  switch (image) {
    case "convnet":
      return { kind: "convnet", widths: [32, 64, 128, 128], strides: [1, 2, 2, 2], grid: 0 };
    case "conv": {
      const { widths, strides, pool } = conv;
      // A convolution of stride s leaves every s-th place, the first among them.
      const grid = pool === "mean" ? 0 : strides.reduce((side, stride) => Math.ceil(side / stride), size);
      return { kind: "convnet", widths, strides, grid };
    }
    case "vit": {
      const { patch, width, layers, heads } = vit;
      return { kind: "vit", ...visionTransformer({ size, patch, width, depth: layers, heads }).config };
    }
    case "resnet18":
    case "resnet34":
    case "resnet50":
      return {
        kind: "resnet",
        depth: Number(image.slice("resnet".length)) as 18 | 34 | 50,
        stem: size > 64 ? "large" : "small",
      };
    default:
      return undefined;
  }
}
