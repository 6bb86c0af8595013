import { UserError } from "@nearfar/formats";
import type { UnreadableItem } from "./unreadable.ts";

export interface CheckReadableOptions {
  /** The largest share that may fail. */
  readonly most?: number;
  /** What failed, after their count. */
  readonly of?: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** Throws UserError when more than a share, a tenth, of the pictures cannot be read: their count and three examples. */
export function checkReadable(
  failures: readonly UnreadableItem[],
  tried: number,
  { most = 0.1, of = "pictures cannot be read", fix = "Remove or repair them." }: CheckReadableOptions = {},
): void {
  if (failures.length <= tried * most) return;
  const examples = failures.slice(0, 3).map(({ path, reason }) => `${path} (${reason})`);
  throw new UserError(
    `${failures.length} of ${tried} ${of}, more than ${100 * most} %: ${examples.join("; ")}. ${fix}`,
  );
}
