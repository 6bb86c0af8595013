import type { Encoder } from "@nearfar/encoders";
import type { Preprocessing } from "@nearfar/formats";
import type { Params } from "@nearfar/tensor";

/** The tower of pictures that a training begins with. */
export interface ImageStart {
  /** Its `init` gives the first weights: new ones, or those of a model folder, once. */
  readonly encoder: Encoder;
  readonly preprocessing: Preprocessing;
  /** Writes it, with these weights, as a model folder. */
  write(folder: string, params: Params): Promise<void>;
}
