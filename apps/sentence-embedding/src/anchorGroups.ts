/** An anchor and its positives, as places in a corpus. */
export interface AnchorGroup {
  readonly anchor: string;
  readonly positives: readonly number[];
}

/**
 * Pairs by their anchors: of an anchor that occurs several times all positives are positives, each once.
 *
 * The corpus is `others` and then the positives, each text once. `same` says whether a text of the corpus is the anchor or one of its
 * positives, letters' case, width and spaces aside.
 */
export function anchorGroups(
  pairs: readonly (readonly [anchor: string, positive: string])[],
  others: readonly string[] = [],
) {
  const corpus = [...new Set([...others, ...pairs.map(([, positive]) => positive)])];
  const places = new Map(corpus.map((text, place) => [text, place]));
  const positives = new Map<string, Set<number>>();
  for (const [anchor, positive] of pairs) {
    if (!positives.has(anchor)) positives.set(anchor, new Set());
    positives.get(anchor)!.add(places.get(positive)!);
  }
  const groups: AnchorGroup[] = [...positives].map(([anchor, own]) => ({ anchor, positives: [...own] }));
  const plain = corpus.map(folded);
  return {
    corpus,
    groups,
    same({ anchor, positives: own }: AnchorGroup): (text: number) => boolean {
      const texts = new Set([folded(anchor), ...own.map((place) => plain[place]!)]);
      return (text) => texts.has(plain[text]!);
    },
  };
}

const folded = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
