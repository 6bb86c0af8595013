import type { Vectors } from "@nearfar/formats";

/** A picture of a gallery; its number there is its id. */
export interface GalleryPicture {
  /** Inside the folder or archive, with forward slashes; of an icon its name. */
  readonly path: string;
  readonly captions: readonly string[];
}

/** Pictures that can be looked at and searched. */
export interface Gallery {
  readonly name: string;
  /** Another one for other pictures or another model: what a browser keeps is of one version. */
  readonly version: string;
  readonly pictures: readonly GalleryPicture[];
  /** One row of length 1 per picture, `[n, d]`. */
  readonly vectors: Vectors;
  /** The picture as it is stored. UserError where it cannot be read any more, or now lies outside its folder. */
  read(id: number): Promise<Uint8Array>;
}
