import type { ImageSource } from "./imageSource.ts";
import type { Fault } from "./pictureDamage.ts";

/** Where pictures are looked up by the paths that a table gives. */
export interface PicturePlace {
  /** The picture of a safe relative path, by its own path in this place, or what is wrong with it. */
  look(path: string): Promise<{ readonly at: string } | Fault>;
  /** The pictures at these paths, which `look` gave, as a source. */
  source(paths: readonly string[]): ImageSource;
  /** What is wrong with the place as a whole, which still holds some pictures. */
  readonly fault?: Fault | undefined;
  readonly files: readonly string[];
}
