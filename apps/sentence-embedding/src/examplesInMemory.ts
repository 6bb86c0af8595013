import {
  groupedSampler,
  sampler,
  textIds,
  tokensAt,
  tokenStore,
  uniqueSampler,
  type Sampler,
  type TextExample,
  type TextExamples,
  type TextSet,
} from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import type { Key } from "@nearfar/random";
import type { Drawn } from "./drawn.ts";
import type { ExampleSource, SourceOptions } from "./exampleSource.ts";

/** Examples that fit into memory, tokenised once. Fewer than two that can be used are a `UserError`. */
export async function examplesInMemory(
  key: Key,
  { width, files }: TextSet,
  { read, batch, method, encode, leastTokens, raw }: SourceOptions & { read: TextExamples },
): Promise<ExampleSource> {
  const store = await tokenStore(tokensOf(read.examples, encode));
  const lists = (example: number) =>
    Array.from({ length: width }, (_, column) => tokensAt(store, example * width + column));
  const usable = [...read.examples.keys()].filter((example) =>
    lists(example).every(({ length }) => length >= leastTokens),
  );
  if (usable.length < 2)
    throw new UserError(
      `${files.join(", ")}: at least 2 texts of ${leastTokens} tokens or more are needed; got ${usable.length}. Give more, or longer, texts.`,
    );
  const examples = usable.map((example) => read.examples[example]!);
  const labels = method === "labels" ? numbered(examples) : undefined;
  const order = samplerOf(key, examples, { labels, batch, method, width });
  return {
    count: examples.length,
    short: read.examples.length - examples.length,
    blank: read.blank,
    duplicates: read.duplicates,
    batchesPerEpoch: order.batchesPerEpoch,
    *lists() {
      for (const example of usable) yield* lists(example);
    },
    async *from(first) {
      for (let step = first; ; step++) yield draw(step);
    },
  };

  function draw(step: number): Drawn {
    const indices = [...order.indices(step)];
    const rows = indices.map((index) => examples[index]!);
    return {
      step,
      texts: indices.map((index) => lists(usable[index]!)),
      ...(method === "cosent" && { scores: Float32Array.from(rows, ({ score }) => score!) }),
      ...(labels && { labels: Int32Array.from(indices, (index) => labels[index]!) }),
      ...(raw && { raw: rows.map(({ texts }) => texts[0]!) }),
    };
  }
}

function* tokensOf(examples: readonly TextExample[], encode: (text: string) => Int32Array): Generator<Int32Array> {
  for (const { texts } of examples) for (const text of texts) yield encode(text);
}

/** Labels as numbers, in the order in which they come. */
function numbered(examples: readonly TextExample[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(examples, ({ label }) => {
    if (!known.has(label!)) known.set(label!, known.size);
    return known.get(label!)!;
  });
}

/** No text twice in a batch wherever the batch's other texts are negatives; several texts of a label where labels are positives. */
function samplerOf(
  key: Key,
  examples: readonly TextExample[],
  {
    labels,
    batch,
    method,
    width,
  }: { labels: Int32Array | undefined; batch: number; method: SourceOptions["method"]; width: number },
): Sampler {
  if (labels) return groupedSampler(key, labels, { batch, perLabel: PER_LABEL });
  if (method === "cosent" || method === "distil") return sampler(key, examples.length, { batch });
  return uniqueSampler(key, textIds(examples), { batch, width });
}

/** Texts of a label in a batch: each finds three others, and a batch of 64 holds 16 labels. */
const PER_LABEL = 4;
