import { streamBatches, type TextExample, type TextSet } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import type { Key } from "@nearfar/random";
import type { Drawn } from "./drawn.ts";
import type { ExampleSource, SourceOptions } from "./exampleSource.ts";

/**
 * Examples beyond memory, through a shuffle buffer, tokenised as they come. Labels need to know all texts of a label: these are a `UserError`.
 *
 * `first` are the examples that were read before, for statistics of the corpus.
 */
export function examplesStreamed(
  key: Key,
  set: TextSet,
  { first, batch, method, encode, leastTokens, raw }: SourceOptions & { first: readonly TextExample[] },
): ExampleSource {
  if (method === "labels")
    throw new UserError(`${set.files.join(", ")}: texts with labels are not streamed. Give fewer, or raise --memory.`);
  let short = 0;
  const tokens = ({ texts }: TextExample) => texts.map(encode);
  return {
    get short() {
      return short;
    },
    blank: 0,
    duplicates: 0,
    *lists() {
      for (const example of first) yield* tokens(example).filter(({ length }) => length >= leastTokens);
    },
    async *from(from) {
      let step = from;
      for await (const examples of streamBatches(key, set, {
        batch,
        size: HELD,
        window: Math.max(1, Math.floor(HELD / 2 / batch)),
        from,
      }))
        yield draw(step++, examples);
    },
  };

  function draw(step: number, examples: readonly TextExample[]): Drawn {
    const cut = examples.map((example) => ({ example, texts: tokens(example) }));
    const long = cut.filter(({ texts }) => texts.every(({ length }) => length >= leastTokens));
    short += cut.length - long.length;
    return {
      step,
      texts: long.map(({ texts }) => texts),
      ...(method === "cosent" && { scores: Float32Array.from(long, ({ example }) => example.score!) }),
      ...(raw && { raw: long.map(({ example }) => example.texts[0]!) }),
    };
  }
}

/** Examples in the shuffle buffer, and about as many that are cut into batches: some tens of megabytes of sentences. */
const HELD = 40_000;
