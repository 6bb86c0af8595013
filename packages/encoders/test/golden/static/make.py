"""Writes model/, a StaticEmbedding as sentence-transformers saves it; model2vec.safetensors, a table in model2vec's form; and vectors.json.

Run with a Python that has sentence-transformers 6.2.0 and torch 2.14.1: python make.py
vectors.json has what sentence-transformers encodes with model/ (`unit`), without its Normalize (`mean`), and with model2vec's table (`folded`);
and the gradient of EmbeddingBag by its table for the cotangent cos(0, 1, 2, ...).
"""

import json
import os
import shutil
import tempfile

import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

torch.set_num_threads(1)
torch.manual_seed(4)
here = os.path.dirname(os.path.abspath(__file__))

words = "[PAD] [UNK] the a cat dog bird sat on mat tree . , ! ##s ##t 猫 犬".split()
tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
tokenizer.add_special_tokens(["[PAD]", "[UNK]"])
tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
tokenizer.decoder = decoders.WordPiece()
tokenizer.enable_truncation(8)

embedding = StaticEmbedding(tokenizer, embedding_dim=6)
folder = os.path.join(here, "model")
shutil.rmtree(folder, ignore_errors=True)
SentenceTransformer(modules=[embedding, Normalize()]).save(folder, create_model_card=False)

texts = ["The cats sat on the mat.", "A dog!", "猫犬", "", "zebra", "the cat , the dog , the bird , the tree . a mat"]  # the last is cut to 8
encode = lambda model: [[float(f"{v:.8g}") for v in row] for row in model.encode(texts).tolist()]

with tempfile.TemporaryDirectory() as scratch:
    table = {
        "embeddings": torch.randn(5, 6),
        "mapping": torch.arange(len(words), dtype=torch.int64) * 3 % 5,
        "weights": torch.rand(len(words), dtype=torch.float64),
    }
    save_file(table, os.path.join(here, "model2vec.safetensors"))
    shutil.copyfile(os.path.join(here, "model2vec.safetensors"), os.path.join(scratch, "model.safetensors"))
    shutil.copyfile(os.path.join(folder, "tokenizer.json"), os.path.join(scratch, "tokenizer.json"))
    folded = encode(SentenceTransformer(modules=[StaticEmbedding.load(scratch)]))

features = embedding.preprocess(texts)
pooled = embedding(features)["sentence_embedding"]
(pooled * torch.cos(torch.arange(pooled.numel()).reshape(pooled.shape))).sum().backward()
gradient = embedding.embedding.weight.grad
starts = [*features["offsets"].tolist(), len(features["input_ids"])]
values = {
    "texts": texts,
    "ids": [features["input_ids"][a:b].tolist() for a, b in zip(starts, starts[1:])],
    "unit": encode(SentenceTransformer(folder)),
    "mean": encode(SentenceTransformer(modules=[embedding])),
    "folded": folded,
    "gradient": [[float(f"{v:.8g}") for v in row] for row in gradient.tolist()],
}
with open(os.path.join(here, "vectors.json"), "w") as file:
    rows = lambda value: "[\n  " + ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value) + "\n ]"
    file.write("{\n " + ",\n ".join(f'"{name}": {rows(value)}' for name, value in values.items()) + "\n}\n")
