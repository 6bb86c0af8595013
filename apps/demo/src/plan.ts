import { configurationFor, type Settings as PairSettings } from "@nearfar/cross-modal-search";
import type { Settings as PictureSettings } from "@nearfar/image-pretraining";
import type { Settings as TextSettings } from "@nearfar/sentence-embedding";
import { side } from "./side.ts";

/** Seconds of each training; CLIP alone has all of them. */
export interface Seconds {
  readonly simclr: number;
  readonly simcse: number;
  readonly clip: number;
}

/** The four trainings of the story. */
export interface Plan {
  readonly seconds: Seconds;
  readonly simclr: PictureSettings;
  readonly simcse: TextSettings;
  /** From the folders of the two before. At the rates of towers from nothing: by trials lower ones, as SLIP and LiT have them, are too slow for minutes. */
  readonly joined: PairSettings;
  /** From nothing, for as long as the three together. */
  readonly alone: PairSettings;
}

/** Settings for a budget; `pictures` and `texts` are the runs that `joined` starts from. */
export function plan(seconds: Seconds, { pictures, texts }: { pictures: string; texts: string }): Plan {
  const { simclr, simcse, clip } = seconds;
  const icons = { ...configurationFor("icons"), seed: 0 };
  return {
    seconds,
    simclr: {
      method: "simclr",
      encoder: "places",
      size: side,
      views: { scale: [0.4, 1], strength: 0.5, blur: 0 }, // milder than for photographs: a twelfth of an icon says little
      batch: 128,
      temperature: 0.1,
      projector: { hidden: 256, out: 128 },
      optimizer: "adamw",
      weightDecay: 1e-4,
      rate: 2e-3,
      warmup: 0.05,
      seed: 0,
      length: { seconds: simclr },
    },
    simcse: {
      method: "parts", // dropout has nothing to drop in a table of words: two parts of the tags are the two views
      encoder: "static",
      init: "static",
      dimensions: icons.dimensions,
      vocabulary: icons.vocabulary,
      maxTokens: icons.maxTokens,
      batch: 512,
      temperature: 0.05,
      symmetric: true,
      hardWeight: 0,
      mix: "none",
      head: false,
      mlm: 0,
      matryoshka: [],
      deviation: icons.deviation,
      optimizer: "adamw",
      rate: icons.rateText,
      warmup: 0.1,
      weightDecay: icons.weightDecay,
      clip: 0,
      frequency: 0,
      subsample: 0,
      whiten: "none",
      seed: 0,
      length: { seconds: simcse },
    },
    joined: { ...icons, image: pictures, text: texts, length: { seconds: clip } },
    alone: { ...icons, length: { seconds: simclr + simcse + clip } },
  };
}
