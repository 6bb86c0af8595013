import type { Key } from "@nearfar/random";
import { cropSpan } from "./cropSpan.ts";
import { cutOff } from "./cutOff.ts";
import { declutrSpans } from "./declutrSpans.ts";
import { deleteWords } from "./deleteWords.ts";
import { inverseCloze } from "./inverseCloze.ts";
import { joiner } from "./joiner.ts";
import { maskTokens } from "./maskTokens.ts";
import { repeatWords } from "./repeatWords.ts";
import { replaceSynonyms } from "./replaceSynonyms.ts";
import { sentences } from "./sentences.ts";
import { shuffleWords } from "./shuffleWords.ts";
import { splitSpans } from "./splitSpans.ts";
import { splitTokens } from "./splitTokens.ts";
import { words } from "./words.ts";

/** One example of an augmentation. */
export interface Preview {
  name: string;
  /** One line; parts that belong together stand around ` | `. */
  text: string;
}

/**
 * One example of each augmentation on a text, to look at: those on tokens are shown on words, whose place a tokenizer's pieces take in
 * training. Those that want more text than there is (DeCLUTR's spans, the inverse cloze task) are left out.
 */
export function previews(key: Key, text: string): Preview[] {
  const all = words(text);
  if (all.length === 0) return [];
  const n = all.length;
  const ids = Int32Array.from(all.keys());
  const shown = (part: Int32Array) =>
    Array.from(part, (id) => (id < n ? all[id]! : "[MASK]")).reduce(
      (before, word) => before + joiner(before, word) + word,
      "",
    );
  const at = (name: string) => key.fold(name);
  const longest = Math.floor(n / 2); // DeCLUTR's longest span, one anchor

  const made: Record<string, () => string> = {
    cropSpan: () => shown(cropSpan(at("cropSpan"), ids, { min: 0.3, max: 0.7 })),
    splitTokens: () => splitTokens(at("splitTokens"), ids).map(shown).join(" | "),
    splitSpans: () => splitSpans(at("splitSpans"), ids).map(shown).join(" | "),
    declutrSpans: () => {
      const options = { anchors: 1, positives: 1, min: Math.ceil(longest / 4), max: longest };
      const [{ anchor, positives } = { anchor: ids, positives: [] }] = declutrSpans(at("declutrSpans"), ids, options);
      return [anchor, ...positives].map(shown).join(" | ");
    },
    deleteWords: () => deleteWords(at("deleteWords"), text),
    maskTokens: () => shown(maskTokens(at("maskTokens"), ids, { mask: n, vocabulary: n }).ids),
    shuffleWords: () => shuffleWords(at("shuffleWords"), text),
    repeatWords: () => repeatWords(at("repeatWords"), text),
    cutOff: () => shown(cutOff(at("cutOff"), ids, { fill: n })),
    replaceSynonyms: () => replaceSynonyms(at("replaceSynonyms"), text),
    inverseCloze: () => {
      const { sentence, document } = inverseCloze(at("inverseCloze"), text);
      return `${sentence} | ${document}`;
    },
  };
  const possible = Object.keys(made).filter(
    (name) => (name !== "declutrSpans" || longest >= 1) && (name !== "inverseCloze" || sentences(text).length >= 2),
  );
  return possible.map((name) => ({ name, text: made[name]!().replaceAll(/\s+/g, " ").trim() }));
}
