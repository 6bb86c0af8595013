import { UserError } from "@nearfar/formats";
import { exampleBytes } from "./exampleBytes.ts";
import type { TextExample } from "./textExample.ts";
import type { TextSet } from "./textSet.ts";

export interface ReadExamplesOptions {
  /** Bytes, about, that all examples together may take. */
  readonly limitBytes?: number;
  /** The fewest examples that make sense. */
  readonly least?: number;
}

export interface TextExamples {
  readonly examples: readonly TextExample[];
  /** Blank lines, and rows of which a text is blank, that were passed over. */
  readonly blank: number;
  /** Examples whose texts are those of an earlier one. */
  readonly duplicates: number;
}

/**
 * All examples of a set, in memory; undefined where they take more than `limitBytes`: then read them by `streamBatches`.
 * Fewer than `least` examples are a `UserError`.
 */
export async function readExamples(
  set: TextSet,
  { limitBytes = 1e9, least = 2 }: ReadExamplesOptions = {},
): Promise<TextExamples | undefined> {
  const examples: TextExample[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  const pass = set.examples();
  for await (const example of pass) {
    bytes += exampleBytes(example);
    if (bytes > limitBytes) return undefined;
    examples.push(example);
    seen.add(example.texts.length === 1 ? example.texts[0]! : JSON.stringify(example.texts));
  }
  if (examples.length < least)
    throw new UserError(
      `${set.files.join(", ")}: contrastive learning compares examples and needs at least ${least}; got ${examples.length}` +
        `${pass.blank > 0 ? ` and ${pass.blank} blank rows` : ""}. Give more data.`,
    );
  return { examples, blank: pass.blank, duplicates: examples.length - seen.size };
}
