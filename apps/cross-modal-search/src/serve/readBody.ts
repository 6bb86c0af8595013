import { ApiError } from "./apiError.ts";

/** A request's body; one above `most` bytes is an `ApiError` 413, told by its length before it is read, or else as soon as it is above. */
export async function readBody(request: Request, most: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new ApiError(
      413,
      `A picture may have ${most} bytes at most. Send a smaller one, or start the server with --limit-body.`,
    );
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > most) throw tooLarge();
      chunks.push(next.value);
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
  return Buffer.concat(chunks);
}
