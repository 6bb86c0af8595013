import { UserError } from "./userError.ts";

/**
 * The name of an archive's entry with `/` between its parts and without `.` and empty parts.
 * An absolute name, one with `..`, with NUL or with nothing left is a `UserError`: it could leave the folder it is unpacked into.
 */
export function safeEntryName(name: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  const absolute = /^([/\\]|[A-Za-z]:)/.test(name);
  if (absolute || parts.length === 0 || name.includes("\0") || name.split(/[/\\]/).includes("..")) {
    throw new UserError(`unsafe entry name ${JSON.stringify(name)}: a relative path without ".." was expected`);
  }
  return parts.join("/");
}
