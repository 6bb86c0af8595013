import { openTexts, type OpenTextsOptions } from "@nearfar/data";
import { UserError } from "@nearfar/formats";

export interface ReadCorpusOptions {
  /** What the columns are, and which rows are taken; of an example with several texts the first is read. */
  readonly columns?: OpenTextsOptions;
  /** Whether a text that stood there before is left out. */
  readonly unique?: boolean;
  /** Told in a line what was left out. */
  readonly say?: (line: string) => void;
}

/** The texts of files, in order; no text at all is a `UserError`. */
export async function readCorpus(
  files: readonly string[],
  { columns, unique = false, say = () => {} }: ReadCorpusOptions = {},
): Promise<string[]> {
  const set = await openTexts(files, columns);
  const texts: string[] = [];
  const seen = new Set<string>();
  let repeated = 0;
  const pass = set.examples();
  for await (const { texts: all } of pass) {
    const text = all[0]!;
    if (unique && seen.size === seen.add(text).size) repeated++;
    else texts.push(text);
  }
  if (texts.length === 0)
    throw new UserError(
      `${files.join(", ")}: there is no text in it${pass.blank > 0 ? `, only ${pass.blank} blank rows` : ""}. Give at least one.`,
    );
  const [first, ...others] = set.columns[0]!.texts;
  if (others.length > 0)
    say(`Of the columns ${first}, ${others.join(", ")} the first is read; --column text=NAME names another.`);
  if (pass.blank > 0) say(`${pass.blank} blank rows were passed over.`);
  if (repeated > 0) say(`${repeated} texts that stood there before were left out.`);
  return texts;
}
