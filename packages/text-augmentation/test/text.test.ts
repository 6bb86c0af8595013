import { key } from "@nearfar/random";
import {
  clozeAt,
  deleteWords,
  inverseCloze,
  pickWords,
  previews,
  repeatWords,
  replaceSynonyms,
  replaceWords,
  sentences,
  shuffleWords,
  synonyms,
  words,
} from "@nearfar/text-augmentation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keys } from "./keys.ts";

const english = "The big dog, which was happy, began to run. Then it slept!";
const chinese = "今天天气很好，我们去公园散步。然后吃晚饭。";
const plain = fc.array(fc.constantFrom("one", "two", "three", "four"), { minLength: 1 }).map((all) => all.join(" "));

describe("words and sentences", () => {
  it("are those of English and Chinese", () => {
    expect(words("Don't panic: it's 3.5 km, 今天天气很好！")).toEqual([
      "Don't",
      "panic",
      "it's",
      "3.5",
      "km",
      "今天",
      "天气",
      "很好",
    ]);
    expect(sentences(`${english} ${chinese}`)).toEqual([
      "The big dog, which was happy, began to run.",
      "Then it slept!",
      "今天天气很好，我们去公园散步。",
      "然后吃晚饭。",
    ]);
    expect(words(" …！ ")).toEqual([]);
    expect(sentences("\n \n")).toEqual([]);
  });
});

describe("pickWords", () => {
  it("brings what follows a word, and keeps both ends of the text", () => {
    expect(pickWords('"One, two three."', [0, 2])).toBe('"One, three."');
    expect(pickWords("One, two three.", [2, 1, 0])).toBe("three two One.");
    expect(pickWords("One two.", [0, 0, 1, 1])).toBe("One One two two.");
    expect(pickWords(chinese, [0, 0, 2])).toBe("今天今天很好。");
    expect(pickWords("中文 and", [1, 0])).toBe("and 中文");
  });

  it("is the identity on all positions in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(pickWords(text, Array.from(words(text).keys()))).toBe(text);
      }),
    );
  });

  it("refuses a position outside, and leaves a text without words", () => {
    expect(() => pickWords("one two", [2])).toThrow("a position is below 2; got 2");
    expect(pickWords("?!", [])).toBe("?!");
  });
});

describe("deleteWords, shuffleWords and repeatWords", () => {
  it("keep a subsequence, the multiset, and the words with some twice", () => {
    fc.assert(
      fc.property(keys, plain, (k, text) => {
        const all = words(text);
        const kept = words(deleteWords(k, text));
        let at = 0;
        for (const word of all) if (kept[at] === word) at++;
        expect(at).toBe(kept.length);
        expect(kept.length).toBeGreaterThan(0);
        expect(words(shuffleWords(k, text)).sort()).toEqual([...all].sort());
        const repeated = words(repeatWords(k, text)).length - all.length;
        expect(repeated >= 0 && repeated <= Math.max(2, Math.floor(0.32 * all.length))).toBe(true);
      }),
    );
  });

  it("do so in Chinese", () => {
    const all = words(chinese);
    const letters = [...chinese].sort();
    for (let seed = 0; seed < 20; seed++) {
      const kept = deleteWords(key(seed), chinese);
      expect(kept.endsWith("。")).toBe(true);
      expect(all.some((word) => kept.includes(word))).toBe(true);
      const lettersNow = [...shuffleWords(key(seed), chinese)].filter((one) => /\p{L}/u.test(one)).sort();
      expect(lettersNow).toEqual(letters.filter((one) => /\p{L}/u.test(one)));
    }
    expect(deleteWords(key(0), chinese, { ratio: 0 })).toBe(chinese);
    expect(shuffleWords(key(0), chinese, { reach: 0 })).toBe(chinese);
    expect(deleteWords(key(1), "晴", { ratio: 1 })).toBe("晴");
  });
});

describe("synonyms", () => {
  // Read off WordNet 3.1's own files: index.adj, data.adj at happy's four meanings; data.noun at car's five.
  it("are the other words of all meanings in WordNet", () => {
    expect(synonyms("happy")).toEqual(["felicitous", "glad"]);
    expect(synonyms("Car")).toEqual(["auto", "automobile", "machine", "motorcar", "railcar", "gondola"]);
  });

  it("are none of a word of grammar, of another language, or that is unknown", () => {
    for (const word of ["the", "in", "", "公园", "cats", "qqqq", "a b", "(", "~", " "])
      expect(synonyms(word)).toEqual([]);
  });
});

describe("replaceSynonyms", () => {
  it("replaces max(1, a tenth) of the words that have synonyms, by one of theirs", () => {
    fc.assert(
      fc.property(keys, (k) => {
        const before = words(english);
        const after = words(replaceSynonyms(k, english));
        const changed = before.flatMap((word, i) => (word === after[i] ? [] : [[word, after[i]!] as const]));
        expect(changed).toHaveLength(1);
        for (const [word, other] of changed) expect(synonyms(word)).toContain(other);
      }),
      { numRuns: 30 },
    );
  });

  it("leaves Chinese as it is, and stands on replaceWords", () => {
    expect(replaceSynonyms(key(0), chinese)).toBe(chinese);
    expect(
      replaceWords(
        "Big, big dogs.",
        new Map([
          [0, "large"],
          [2, "cats"],
        ]),
      ),
    ).toBe("Large, big cats.");
  });
});

describe("inverseCloze", () => {
  it("is one sentence, and all the others", () => {
    expect(clozeAt("A b. C d. E f.", 1)).toEqual({ sentence: "C d.", document: "A b. E f." });
    expect(clozeAt("A b. C d.", 1, { kept: true })).toEqual({ sentence: "C d.", document: "A b. C d." });
    expect(clozeAt(chinese, 0)).toEqual({ sentence: "今天天气很好，我们去公园散步。", document: "然后吃晚饭。" });
    expect(() => clozeAt("A b.", 1)).toThrow("a place is below 1");
  });

  it("keeps the sentence in a tenth of the documents (ORQA, section 4)", () => {
    const text = "One a. Two b. Three c.";
    const all = Array.from({ length: 1000 }, (_, seed) => inverseCloze(key(seed), text));
    const kept = all.filter(({ sentence, document }) => document.includes(sentence)).length;
    expect(Math.abs(kept - 100)).toBeLessThan(4 * Math.sqrt(1000 * 0.1 * 0.9));
    expect(new Set(all.map(({ sentence }) => sentence)).size).toBe(3);
  });

  it("refuses one sentence", () => expect(() => inverseCloze(key(0), "One.")).toThrow("at least two sentences; got 1"));
});

describe("previews", () => {
  const names = (text: string) => previews(key(0), text).map(({ name }) => name);

  it("show each augmentation once, on one line", () => {
    for (const text of [english, chinese]) {
      expect(new Set(names(text)).size).toBe(11);
      for (const { text: line } of previews(key(0), text)) expect(line).toMatch(/^\S.*\S$/);
    }
  });

  it("leave out what needs more text, and are none of a text without words", () => {
    expect(names("hello")).not.toContain("declutrSpans");
    expect(names("hello there you")).not.toContain("inverseCloze");
    expect(previews(key(0), "👍 …")).toEqual([]);
  });
});
