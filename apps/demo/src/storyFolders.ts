import { join } from "node:path";

/** Where the parts of the story lie in the folder that it is told to write to. */
export function storyFolders(out: string) {
  const at = (name: string) => join(out, name);
  return { pictures: at("pictures"), texts: at("texts"), joined: at("joined"), alone: at("alone"), tags: at("tags.txt"), sheet: at("sheet.png") }; // prettier-ignore
}
