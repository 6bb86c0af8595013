"""Writes miniLm.json beside this file: what sentence-transformers computes, in float64, with the real all-MiniLM-L6-v2.

Run with a Python that has torch 2.14.1, sentence-transformers 6.2.0: python makeMiniLm.py FOLDER (the model's, see test/miniLm.mjs).
"""

import json
import os
import sys

import torch
from sentence_transformers import SentenceTransformer

torch.set_num_threads(1)
TEXTS = [
    "The cat sits on the mat.",
    "A man is playing a guitar.",
    "Das Wetter in Zürich ist heute schön, naïve façade!",
    "今天天气很好，我们去公园散步。",
    "I love pizza 🍕 and coffee ☕️!",
    "",
    "antidisestablishmentarianism",
    "SHOUTING IN CAPITALS, with 1,234.56 numbers & symbols: $%^",
    "e\u0301 is e with a combining accent; ﬁ is a ligature",
    "[MASK] and [SEP] as they stand in a text",
    "  spaces\tand\nnew lines  ",
    " ".join(f"word{i} and some more text" for i in range(75)),  # cut at 256 tokens
]


def rounded(x, digits=8):
    return [float(f"{v:.{digits}g}") for v in x.reshape(-1).tolist()]


model = SentenceTransformer(sys.argv[1], device="cpu").double()
vectors = model.encode(TEXTS, convert_to_numpy=True)
states = model.encode(TEXTS, output_value="token_embeddings")
result = {
    "torch": torch.__version__.split("+")[0],
    "texts": TEXTS,
    "tokens": [int(s.shape[0]) for s in states],
    "vectors": [rounded(v, 7) for v in vectors],
    # The first token's state, whole, and of the last token the first eight features.
    "first": [rounded(s[0], 7) for s in states],
    "last": [rounded(s[-1, :8], 7) for s in states],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "miniLm.json"), "w") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")
