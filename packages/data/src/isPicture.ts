import { isHidden } from "./isHidden.ts";
import { pictureExtensions } from "./pictureExtensions.ts";

/** Whether a path with forward slashes names a picture: by its extension, no part of the path hidden or left by an archiver. */
export function isPicture(path: string): boolean {
  if (path.split("/").some(isHidden)) return false;
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return (pictureExtensions as readonly string[]).includes(extension);
}
