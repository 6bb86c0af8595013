import type { TextStart } from "@nearfar/encoders";
import type { ImageStart } from "./imageStart.ts";

/** The two towers that a training begins with. */
export interface Towers {
  readonly image: ImageStart;
  readonly text: TextStart;
}
