"""Makes search.json: communities of sentence-transformers and BM25 scores of bm25s.

pip install sentence-transformers==6.2.0 bm25s==0.3.16; python make.py
"""

import json
import pathlib

import bm25s
import numpy as np
import torch
from sentence_transformers.util import community_detection

torch.set_num_threads(1)
random = np.random.default_rng(4)

# Twelve centres, near each other two by two, with 3 to 14 rows around each, and 20 rows anywhere; five digits, as they are written.
centres = np.repeat(random.normal(size=(6, 6)), 2, axis=0) + 0.5 * random.normal(size=(12, 6))
rows = [centre + 0.3 * random.normal(size=(3 + i, 6)) for i, centre in enumerate(centres)]
vectors = np.round(random.permutation(np.concatenate([*rows, random.normal(size=(20, 6))])), 5)

communities = []
for threshold, least in [(0.75, 10), (0.9, 3), (0.95, 4), (0.6, 5)]:
    found = community_detection(torch.tensor(vectors, dtype=torch.float32), threshold=threshold, min_community_size=least)
    communities.append({"threshold": threshold, "least": least, "found": [[int(row) for row in one] for one in found]})

documents = [
    "the cat sat on the mat",
    "a dog and a cat and a cat",
    "birds sing in the morning and the cat listens",
    "stock prices fell on the morning news",
    "the the the the",
    "dog",
]
queries = ["cat", "the morning cat", "dog dog bird", "nothing here", "stock the on"]
settings = []
for k1, b in [(0.9, 0.4), (1.5, 0.75), (1.2, 0.0)]:
    ranker = bm25s.BM25(method="lucene", k1=k1, b=b, dtype="float64")
    ranker.index([document.split() for document in documents], show_progress=False)
    scores = []
    for query in queries:
        known = [word for word in query.split() if word in ranker.vocab_dict]
        scores.append([float(s) for s in ranker.get_scores(known)] if known else [0.0] * len(documents))
    settings.append({"k1": k1, "b": b, "scores": scores})

golden = {
    "communities": {"vectors": vectors.tolist(), "cases": communities},
    "bm25": {"documents": documents, "queries": queries, "settings": settings},
}
pathlib.Path(__file__).with_name("search.json").write_text(json.dumps(golden) + "\n")
