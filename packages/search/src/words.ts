/**
 * The words of a text in lower case: runs of letters, marks and digits; where a script puts no spaces between words (Chinese, Japanese, Thai,
 * Lao, Khmer, Burmese), what `Intl.Segmenter` takes for words.
 */
export function words(text: string): string[] {
  const runs = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return runs.flatMap((run) => (UNSPACED.test(run) ? segments(run) : [run]));
}

function segments(run: string): string[] {
  return Array.from(segmenter.segment(run))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
