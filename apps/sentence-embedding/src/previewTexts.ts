import { openTexts, type OpenTextsOptions } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { key, permutation } from "@nearfar/random";
import { previews, type Preview } from "@nearfar/text-augmentation";

export interface PreviewTextsOptions {
  /** Texts. */
  readonly count?: number;
  readonly seed?: number;
  /** What the columns are, and which rows are taken; of an example with several texts the first is shown. */
  readonly columns?: OpenTextsOptions;
}

/** A text and an example of each augmentation of it. */
export interface PreviewedText {
  readonly text: string;
  readonly file: string;
  readonly row: number;
  readonly previews: readonly Preview[];
}

/** Some texts of the files, drawn from the first ten thousand, and what each augmentation makes of them: the same for the same seed. */
export async function previewTexts(
  files: readonly string[],
  { count = 3, seed = 0, columns }: PreviewTextsOptions = {},
): Promise<PreviewedText[]> {
  const set = await openTexts(files, columns);
  const texts: Omit<PreviewedText, "previews">[] = [];
  for await (const {
    texts: [text],
    file,
    row,
  } of set.examples())
    if (texts.push({ text: text!, file, row }) === FIRST) break;
  if (texts.length === 0) throw new UserError(`${files.join(", ")}: at least one text is needed; got none.`);
  const root = key(seed).fold("preview");
  const chosen = permutation(root.fold("choice"), texts.length).subarray(0, count);
  return Array.from(chosen, (index) => ({
    ...texts[index]!,
    previews: previews(root.fold(index), texts[index]!.text),
  }));
}

const FIRST = 10_000;
