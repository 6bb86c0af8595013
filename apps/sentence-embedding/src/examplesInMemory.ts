import {
  groupedSampler,
  mixedSampler,
  openTokenStore,
  sampler,
  saveTokenStore,
  textIds,
  tokensAt,
  tokenStore,
  uniqueSampler,
  type Sampler,
  type TextExample,
  type TextExamples,
  type TextSet,
  type TokenStore,
} from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import type { Key } from "@nearfar/random";
import type { Drawn } from "./drawn.ts";
import type { ExampleSource, SourceOptions } from "./exampleSource.ts";
import type { Settings } from "./settings.ts";

export interface InMemoryOptions extends SourceOptions {
  readonly read: TextExamples;
  /** How the files take turns, where each is a data set of its own. */
  readonly mix: Settings["mix"];
  /** Where tokens are kept for the next time, and what they were made of. */
  readonly cache: { readonly path: string; readonly fingerprint: string; readonly vocabulary: number };
}

/** Examples that fit into memory, tokenised once. Fewer than two that can be used are a `UserError`. */
export async function examplesInMemory(
  key: Key,
  { width, files }: TextSet,
  { read, batch, method, mix, encode, leastTokens, raw, cache }: InMemoryOptions,
): Promise<ExampleSource> {
  const store = await cached(cache, () => tokenStore(tokensOf(read.examples, encode)));
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
  const groups = mix === "none" ? [[...examples.keys()]] : byFile(examples);
  const orders = groups.map((group, i) =>
    samplerOf(
      groups.length === 1 ? key : key.fold(i),
      group.map((index) => examples[index]!),
      { labels: labels && Int32Array.from(group, (index) => labels[index]!), batch, method, width },
    ),
  );
  const order = mixedSampler(key.fold("mix"), orders, { by: mix === "none" ? "round-robin" : mix });
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
    const { set, indices: within } = order.batch(step);
    const indices = Array.from(within, (index) => groups[set]![index]!);
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

async function cached(
  { path, fingerprint, vocabulary }: InMemoryOptions["cache"],
  make: () => Promise<TokenStore>,
): Promise<TokenStore> {
  const kept = await openTokenStore(path, fingerprint, { vocabulary });
  if (kept) return kept;
  const store = await make();
  await saveTokenStore(path, store, fingerprint);
  return store;
}

/** The numbers of the examples of each file. */
function byFile(examples: readonly TextExample[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, { file }] of examples.entries()) {
    const group = groups.get(file);
    if (group) group.push(index);
    else groups.set(file, [index]);
  }
  return [...groups.values()];
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
