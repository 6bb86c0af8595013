import { UserError, openTable } from "@nearfar/formats";

/** What people said of pairs of a picture and a caption. */
export interface Judgements {
  /** Experts gave several ratings a pair; of a crowd there is the share that said yes. */
  readonly kind: "expert" | "crowd";
  readonly file: string;
  readonly pairs: readonly Judgement[];
}

export interface Judgement {
  readonly image: string;
  /** Caption `number` (from 0) of the picture `captionOf`. */
  readonly captionOf: string;
  readonly number: number;
  readonly ratings: readonly number[];
}

/**
 * Reads `expert:FILE` or `crowd:FILE`, Flickr8k's judgements: a table with the columns image, caption_id (`picture.jpg#2`) and e1, e2, e3 or
 * pct_yes, or the authors' own `.txt`, whose tab-separated columns have no names.
 *
 * Whatever is wrong with the text or the file is a `UserError`.
 */
export async function judgements(spec: string): Promise<Judgements> {
  const [, kind, file] = /^(expert|crowd):(.+)$/s.exec(spec) ?? [];
  if (kind !== "expert" && kind !== "crowd")
    throw new UserError(`--judgements: expert:FILE or crowd:FILE was expected; got ${JSON.stringify(spec)}.`);
  const pairs: Judgement[] = [];
  const table = await openTable(file!);
  const plain = /\.txt(\.gz)?$/i.test(file!);
  const missing = COLUMNS[kind].find((name) => !plain && !table.columns.includes(name));
  if (missing !== undefined)
    throw new UserError(
      `${file}: ${kind} judgements have the columns ${COLUMNS[kind].join(", ")}; ${missing} is not among ${table.columns.slice(0, 9).join(", ")}.`,
    );
  for await (const { rows } of table.read(plain ? table.columns : COLUMNS[kind]))
    for (const { row, values } of rows)
      pairs.push(judgement(plain ? String(values[0]).split("\t") : values, kind, `${file}:${row}`));
  if (pairs.length === 0) throw new UserError(`${file}: holds no judgement.`);
  return { kind, file: file!, pairs };
}

const COLUMNS = { expert: ["image", "caption_id", "e1", "e2", "e3"], crowd: ["image", "caption_id", "pct_yes"] };

function judgement([image, caption, ...rest]: readonly unknown[], kind: Judgements["kind"], where: string): Judgement {
  const [, captionOf, number] = /^(.+)#(\d+)$/.exec(String(caption)) ?? [];
  const ratings = rest.slice(0, kind === "expert" ? 3 : 1).map((value) => (value === "" ? NaN : Number(value)));
  if (captionOf === undefined || ratings.length < 1 || !ratings.every(Number.isFinite))
    throw new UserError(
      `${where}: a judgement is a picture, a caption such as picture.jpg#2, and numbers; got ${JSON.stringify([image, caption, ...rest]).slice(0, 120)}.`,
    );
  return { image: String(image), captionOf, number: Number(number), ratings };
}
