import { choice, json, positiveInteger, program, table, type Command } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { columnOptions } from "./columnOptions.ts";
import { searchTexts, type TextSearch } from "./searchTexts.ts";
import { searchWords } from "./searchWords.ts";
import { shortText } from "./shortText.ts";
import { withColumnFlags, type ColumnFlags } from "./withColumnFlags.ts";
import { withEncoder } from "./withEncoder.ts";
import { withModelFlags } from "./withModelFlags.ts";

interface Flags extends ColumnFlags {
  readonly run?: string;
  readonly init?: string;
  readonly query?: readonly string[];
  readonly top: string;
  readonly dtype?: string;
  readonly index?: string;
  readonly lancedb?: string;
  readonly bm25?: boolean;
  readonly json?: boolean;
}

/** `nearfar text search <files> --run DIR | --init FOLDER | --bm25 --query "..."`. */
export function searchCommand(): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  const command = program("search", "Find the texts nearest to a query, exactly")
    .argument("[files...]", "files of texts; none where an index is searched as it is")
    .option("--query <text>", "what is searched; may be repeated", collect);
  return withColumnFlags(
    withModelFlags(command)
      .option("--bm25", "rank by words (BM25), without a model")
      .option("--top <n>", "how many are found", "10")
      .option("--index <dir>", "keep the vectors in this folder: built once, then searched without embedding again")
      .option(
        "--dtype <name>",
        "how vectors are scanned: float32 (exact), int8 or binary; a quantized one rescores the best",
      )
      .option("--lancedb <dir>", "keep the vectors in a folder of LanceDB instead")
      .option("--json", "print JSON"),
  ).action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
  const { query = [], index, lancedb, json: asJson } = flags;
  const top = positiveInteger("--top", flags.top);
  const options = { columns: columnOptions(flags), top, say: (line: string) => void process.stderr.write(`${line}\n`) };
  const dtype = flags.dtype === undefined ? {} : { dtype: choice("dtype", flags.dtype, ["float32", "int8", "binary"]) };
  if (files.length === 0 && index === undefined && lancedb === undefined)
    throw new UserError("Which texts are searched? Name files, or an --index or a --lancedb folder that holds some.");
  const places = { ...(index !== undefined && { index }), ...(lancedb !== undefined && { lancedb }) };
  let found: TextSearch;
  if (flags.bm25) {
    for (const flag of ["run", "init", "index", "lancedb", "dtype"] as const)
      if (flags[flag] !== undefined)
        throw new UserError(`--bm25 ranks by words and has no vectors: leave --${flag} out.`);
    found = await searchWords(files, query, options);
  } else
    found = await withEncoder(flags, (encoder, progress) =>
      searchTexts(encoder, files, query, { ...options, ...dtype, ...places, progress }),
    );
  if (asJson) process.stdout.write(json(found));
  else process.stdout.write(printed(found));
  if (found.texts < top) options.say(`--top ${top}: there are only ${found.texts} texts, and all are ranked.`);
}

function printed({ results }: TextSearch): string {
  const parts = results.map(({ query, hits }) => {
    const rows = hits.map(({ score, text }, at) => ({ rank: at + 1, score: score.toFixed(4), text: shortText(text) }));
    const title = results.length > 1 ? `${shortText(query)}\n` : "";
    return title + (rows.length > 0 ? table(rows) : "No text shares a word with it.\n");
  });
  return parts.join("\n");
}
