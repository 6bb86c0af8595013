import { progress, type Progress } from "@nearfar/command";
import type { SentenceEncoder } from "@nearfar/encoders";
import { loadEngine } from "@nearfar/tensor";
import { openEncoder, type WhichModel } from "./openEncoder.ts";

/** Told how many of all texts are embedded. */
export type EncodingProgress = (done: number, total: number) => void;

/**
 * Opens the model that the flags name, lends it to `use` with a bar for its progress on stderr, and frees it.
 *
 * Texts that were longer than the model takes are told once, at the end.
 */
export async function withEncoder<Result>(
  which: WhichModel,
  use: (encoder: SentenceEncoder, progress: EncodingProgress) => Promise<Result>,
): Promise<Result> {
  loadEngine();
  const encoder = await openEncoder(which);
  let bar: Progress | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  try {
    const result = await use(encoder, (done, total) => {
      bar ??= progress({ total, label: "embedding" });
      bar.update(done);
      if (done >= total) stop();
    });
    stop();
    if (encoder.truncated > 0)
      process.stderr.write(`${encoder.truncated} texts were longer than the model takes and were cut.\n`);
    return result;
  } finally {
    stop();
    encoder.dispose();
  }
}
