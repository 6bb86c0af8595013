import { writeFileAtomic } from "@nearfar/formats";
import { integer, key } from "@nearfar/random";

/**
 * A text file of at least so many bytes whose lines are two of these sentences each; returns its lines.
 *
 * Pass p puts sentence i beside sentence i + shift(p), so that a line hardly ever stands there twice.
 */
export async function bigTextFile(path: string, sentences: readonly string[], bytes: number): Promise<number> {
  let lines = 0;
  await writeFileAtomic(path, async (handle) => {
    let written = 0;
    for (let pass = 0; written < bytes; pass++) {
      const shift = integer(key(1), sentences.length, { counter: pass });
      for (let from = 0; from < sentences.length && written < bytes; from += PIECE) {
        const piece = sentences
          .slice(from, from + PIECE)
          .map((sentence, i) => `${sentence} ${sentences[(from + i + shift) % sentences.length]}\n`);
        const text = Buffer.from(piece.join(""));
        await handle.writeFile(text);
        written += text.length;
        lines += piece.length;
      }
    }
  });
  return lines;
}

const PIECE = 20_000;
