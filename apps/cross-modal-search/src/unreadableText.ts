import type { UnreadableItem } from "@nearfar/data";

/** Pictures that could not be read: how many, and the first of them by name, in a line. */
export function unreadableText(unreadable: readonly UnreadableItem[], total: number): string {
  const named = unreadable.slice(0, NAMED).map(({ path, reason }) => `${path} (${reason.replace(/\.$/, "")})`);
  const more = unreadable.length > NAMED ? ` and ${unreadable.length - NAMED} more` : "";
  return `${unreadable.length} of ${total} pictures cannot be read and are left out: ${named.join(", ")}${more}.`;
}

const NAMED = 3;
