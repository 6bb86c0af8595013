import { UserError } from "@nearfar/formats";
import type { UnreadableItem } from "./unreadable.ts";

/** Throws UserError when more than a tenth of the pictures cannot be read: their count and three examples. */
export function checkReadable(failures: readonly UnreadableItem[], tried: number): void {
  if (failures.length <= tried / 10) return;
  const examples = failures.slice(0, 3).map(({ path, reason }) => `${path} (${reason})`);
  throw new UserError(
    `${failures.length} of ${tried} pictures cannot be read, more than 10 %: ${examples.join("; ")}. Remove or repair them.`,
  );
}
