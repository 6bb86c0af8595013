import { UserError } from "@nearfar/formats";
import type { PlainObject } from "./plain.ts";

/** The object that a JSON text holds; anything else is a `UserError` that begins with `where`. */
export function parseObject(text: string, where: string): PlainObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${where}: not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UserError(`${where}: a JSON object was expected.`);
  return value as PlainObject;
}
