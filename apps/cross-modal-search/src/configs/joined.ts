import type { Configuration } from "../configuration.ts";
import { photos } from "./photos.ts";

/**
 * The towers of two runs of this project, pictures by SimCLR and sentences by SimCSE, joined: new projections, and towers that learn slower than these.
 *
 * Commands: `nearfar image train photos/ --run runs/pictures`, `nearfar text train captions.txt --run runs/sentences`, and then
 * `nearfar pairs train captions.tsv --images photos/ --run runs/joined --config joined`
 * Cost: as long as is said; the two runs before it included, see test/benchmarks/RESULTS.md.
 * Expected: see test/benchmarks/RESULTS.md.
 * Source: SLIP's and LiT's findings that pretrained towers want lower rates than what joins them (Zhai et al. 2022, section 4).
 */
export const joined: Configuration = {
  ...photos,
  image: "runs/pictures",
  text: "runs/sentences",
  size: 0,
  rate: 1e-3,
  rateImage: 3e-4,
  rateText: 1e-3,
};
