import type { Configuration } from "../configuration.ts";
import { photos } from "./photos.ts";

/**
 * A pretrained tower of texts that stays as it is, and a tower of pictures that learns to meet it.
 *
 * Command: `nearfar pairs train captions.tsv.gz --images flickr8k-128px-jpg.tar.gz --run runs/lit --config lit --text all-MiniLM-L6-v2 --where split=train --budget 270s`
 * Cost: 270 s on two cores, and once what the text tower makes of all captions.
 * Expected on Flickr8k: see test/benchmarks/RESULTS.md.
 * Source: Zhai et al. 2022 (LiT), which locks the tower of pictures: here pictures are what is to be learned.
 */
export const lit: Configuration = { ...photos, text: "all-MiniLM-L6-v2", lock: "text" };
