import { UserError } from "@nearfar/formats";
import { readJson } from "./readJson.ts";

/** The object in a JSON file of a model folder, errors as `readJson`; anything but an object is one too. */
export async function readJsonObject(file: string): Promise<Record<string, unknown>> {
  const value = await readJson(file);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UserError(`${file}: a JSON object was expected`);
  return value as Record<string, unknown>;
}
