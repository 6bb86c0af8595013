"""Writes ../../src/characterClasses.ts: how Hugging Face's tokenizers 0.23.3 sees each code point. python makeCharacterClasses.py"""

from pathlib import Path

from tokenizers import normalizers, pre_tokenizers

points = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
options = dict(handle_chinese_chars=False, lowercase=False)
clean = normalizers.BertNormalizer(clean_text=True, strip_accents=False, **options)
strip = normalizers.BertNormalizer(clean_text=False, strip_accents=True, **options)
nfd = normalizers.NFD()
split = pre_tokenizers.BertPreTokenizer()


def ranges(found):
    out = []
    for c in found:
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    escape = lambda c: "\\u%04x" % c if c < 0x10000 else "\\u{%x}" % c
    return "".join(escape(a) if a == b else escape(a) + "-" + escape(b) for a, b in out)


def constant(name, why, text):
    lines = [text[i : i + 100] for i in range(0, len(text), 100)]
    # No escape is cut in two.
    lines, rest = [], text
    while rest:
        cut = len(rest) if len(rest) <= 100 else rest.rindex("\\", 0, 100)
        if 0 < cut < len(rest) and rest[cut - 1] == "-":
            cut = rest.rindex("\\", 0, cut - 1)
        lines.append(rest[:cut])
        rest = rest[cut:]
    body = ",\n".join("    String.raw`%s`" % line for line in lines)
    return "  /** %s */\n  %s: [\n%s,\n  ].join(\"\"),\n" % (why, name, body)


removed = [c for c in points if clean.normalize_str(chr(c)) == ""]
marks = [c for c in points if strip.normalize_str(chr(c)) == "" and nfd.normalize_str(chr(c)) == chr(c)]
punctuation = [c for c in points if [x for x, _ in split.pre_tokenize_str("a" + chr(c) + "b")] == ["a", chr(c), "b"]]
Path(__file__).parents[2].joinpath("src/characterClasses.ts").write_text(
    "/**\n"
    " * Sets of code points, as ranges inside a regular expression's brackets with the flag `u`, as Hugging Face's tokenizers 0.23.3 has them.\n"
    " *\n"
    " * Its tables are those of an older Unicode than any engine's `\\p{Mn}` and `\\p{P}`, and ids must be equal. Written by\n"
    " * `test/golden/makeCharacterClasses.py`.\n"
    " */\n"
    "export const characterClasses = {\n"
    + constant("removed", "What cleaning removes: control, format and private characters, U+0000 and U+FFFD.", ranges(removed))
    + constant("marks", "What stripping accents removes after NFD: nonspacing marks.", ranges(marks))
    + constant("punctuation", "What is a word by itself: punctuation, and all ASCII symbols.", ranges(punctuation))
    + "} as const;\n"
)
