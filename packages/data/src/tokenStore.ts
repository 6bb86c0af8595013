import { UserError } from "@nearfar/formats";

/** Token lists in memory that worker threads share: list i is `ids` from `offsets[i]` to `offsets[i + 1]`. */
export interface TokenStore {
  readonly ids: Int32Array<SharedArrayBuffer>;
  /** [n + 1], from 0 to the number of ids. */
  readonly offsets: Uint32Array<SharedArrayBuffer>;
}

export interface TokenStoreOptions {
  /** Bytes that the ids may take; more is a UserError. */
  readonly limitBytes?: number;
}

/** Ids gathered in one piece. */
const piece = 2 ** 20;

/** Gathers token lists, as they come, into one flat store of shared memory. */
export async function tokenStore(
  lists: Iterable<ArrayLike<number>> | AsyncIterable<ArrayLike<number>>,
  { limitBytes = 2e9 }: TokenStoreOptions = {},
): Promise<TokenStore> {
  const pieces: Int32Array[] = []; // full ones
  let open = new Int32Array(piece);
  let used = 0;
  const ends: number[] = [0];
  let total = 0;
  for await (const list of lists) {
    total += list.length;
    if (total * 4 > limitBytes)
      throw new UserError(
        `the tokens take more than ${limitBytes} bytes: stream the data instead of keeping its tokens`,
      );
    ends.push(total);
    if (used + list.length > open.length) {
      pieces.push(open.subarray(0, used));
      open = new Int32Array(Math.max(piece, list.length));
      used = 0;
    }
    open.set(list, used);
    used += list.length;
  }
  pieces.push(open.subarray(0, used));
  const ids = new Int32Array(new SharedArrayBuffer(total * 4));
  const offsets = new Uint32Array(new SharedArrayBuffer(ends.length * 4));
  offsets.set(ends);
  let at = 0;
  for (const part of pieces) {
    ids.set(part, at);
    at += part.length;
  }
  return { ids, offsets };
}
