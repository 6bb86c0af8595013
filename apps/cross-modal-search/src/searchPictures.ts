import { readFile, stat } from "node:fs/promises";
import { fileError, UserError, type Vectors } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";
import { nearest } from "@nearfar/search";
import { openGallery, type GallerySource, type OpenGalleryOptions } from "./serve/openGallery.ts";

/** What is searched for: a text, or the file of a picture. */
export type PictureQuery = { readonly text: string } | { readonly picture: string };

export interface SearchPicturesOptions extends OpenGalleryOptions {
  /** How many are found, at most. */
  readonly top?: number;
}

export interface PictureSearch {
  /** Pictures that were searched. */
  readonly pictures: number;
  /** The nearest first; the score is the cosine. */
  readonly hits: readonly { readonly path: string; readonly score: number }[];
}

/**
 * The pictures nearest to a text or to another picture by cosine, exactly.
 *
 * The query is encoded first, so that what is wrong with it is told before the work. UserError for a blank text, a file that is no picture
 * or above 256 MB, and as `openGallery`.
 */
export async function searchPictures(
  towers: TwoTowers,
  source: GallerySource,
  query: PictureQuery,
  { top = 10, ...options }: SearchPicturesOptions,
): Promise<PictureSearch> {
  const asked = "text" in query ? await textVector(towers, query.text) : await pictureVector(towers, query.picture);
  const { pictures, vectors } = await openGallery(towers, source, options);
  const { indices, scores } = nearest(asked, vectors, Math.min(top, pictures.length));
  return {
    pictures: pictures.length,
    hits: Array.from(indices, (row, at) => ({ path: pictures[row]!.path, score: scores[at]! })),
  };
}

async function textVector({ texts }: TwoTowers, text: string): Promise<Vectors> {
  if (text.trim() === "") throw new UserError("--query: a text was expected; got a blank one.");
  return texts.encode([text]);
}

const LARGEST = 256e6;

async function pictureVector(towers: TwoTowers, file: string): Promise<Vectors> {
  const told = (error: unknown) => {
    throw fileError(file, error);
  };
  const { size } = await stat(file).catch(told);
  if (size > LARGEST)
    throw new UserError(`${file}: a picture is at most ${LARGEST / 1e6} MB; this file has ${size} bytes. Is it one?`);
  const bytes = await readFile(file).catch(told);
  return towers.encodePictures([bytes]).catch((error: unknown) => {
    if (error instanceof UserError) throw new UserError(`${file}: ${error.message}`);
    throw error;
  });
}
