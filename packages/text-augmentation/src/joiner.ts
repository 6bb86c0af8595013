/** What stands between two words when they become neighbours: a space, or nothing in scripts that write none. */
export function joiner(left: string, right: string): string {
  return left === "" || right === "" || (WITHOUT_SPACES_AT_END.test(left) && WITHOUT_SPACES_AT_START.test(right))
    ? ""
    : " ";
}

const scripts = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"];
const letters = `[${scripts.map((one) => `\\p{sc=${one}}`).join("")}。，、！？；：」』）]`;
const WITHOUT_SPACES_AT_END = new RegExp(`${letters}$`, "u");
const WITHOUT_SPACES_AT_START = new RegExp(`^${letters}`, "u");
