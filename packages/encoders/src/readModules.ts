import { isAbsolute, join, relative } from "node:path";
import { UserError } from "@nearfar/formats";
import { readJson } from "./readJson.ts";

/** A step of a sentence-transformers model: `Transformer`, `Pooling`, `Normalize`, `StaticEmbedding`, ..., and the folder that holds it. */
export interface Module {
  readonly kind: string;
  readonly path: string;
}

/**
 * The steps that a folder's `modules.json` lists, whatever version's package names them.
 *
 * A missing file, a broken list and a path that leaves the folder are a `UserError` that names the file.
 */
export async function readModules(folder: string): Promise<Module[]> {
  const file = join(folder, "modules.json");
  const list = await readJson(file);
  if (!Array.isArray(list)) throw new UserError(`${file}: a list of modules was expected`);
  return list.map((module: unknown) => {
    const { path, type } = Object(module) as { path?: unknown; type?: unknown };
    if (typeof path !== "string" || typeof type !== "string")
      throw new UserError(`${file}: a list of modules, each with "path" and "type", was expected`);
    const inside = join(folder, path);
    if (isAbsolute(path) || relative(folder, inside).split(/[\\/]/)[0] === "..")
      throw new UserError(`${file}: the path ${JSON.stringify(path.slice(0, 100))} leaves the folder`);
    return { kind: type.split(".").at(-1)!, path: inside };
  });
}
