"""Hard negatives of sentence-transformers 6.2 (util.mine_hard_negatives) over known vectors -> mine.json.

python mine.py && npx prettier --write mine.json
"""

import json
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers.util import cos_sim, mine_hard_negatives, pairwise_cos_sim

torch.set_num_threads(1)
random = np.random.default_rng(4)

positives = [f"positive {i}" for i in range(24)]
others = [f"other {i}" for i in range(20)]
# Some anchors have several positives, some positives several anchors; one pair stands there twice.
pairs = [(f"anchor {i}", positives[i]) for i in range(24)]
pairs += [("anchor 0", "positive 5"), ("anchor 0", "positive 9"), ("anchor 3", "positive 5"), ("anchor 7", "positive 7")]

centres = random.normal(size=(6, 8))
place = {text: i % 6 for i, text in enumerate(positives)}
place |= {f"anchor {i}": i % 6 for i in range(24)} | {text: i % 6 for i, text in enumerate(others)}
vectors = {text: np.round(centres[at] + 0.5 * random.normal(size=8), 3) for text, at in place.items()}


class Known:
    """What mine_hard_negatives asks of a model."""

    device = torch.device("cpu")

    def encode(self, texts, **_):
        rows = np.array([vectors[text] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    encode_query = encode_document = encode

    def similarity(self, a, b):
        return cos_sim(a, b)

    def similarity_pairwise(self, a, b):
        return pairwise_cos_sim(a, b)


cases = [
    {"negatives": 1},
    {"negatives": 3},
    {"negatives": 1, "relativeMargin": 0.05},
    {"negatives": 2, "relativeMargin": 0.3},
    {"negatives": 1, "margin": 0.1},
    {"negatives": 2, "margin": 0.0, "range": [2, 9]},
    {"negatives": 2, "maxScore": 0.5, "range": [1, 12]},
    {"negatives": 1, "margin": 0.05, "relativeMargin": 0.1, "maxScore": 0.8, "corpus": True},
    {"negatives": 4, "corpus": True, "range": [3, 44]},
]


def mined(negatives, margin=None, relativeMargin=None, maxScore=None, range=None, corpus=False):
    found = mine_hard_negatives(
        Dataset.from_dict({"anchor": [a for a, _ in pairs], "positive": [p for _, p in pairs]}),
        Known(),
        corpus=others if corpus else None,
        num_negatives=negatives,
        absolute_margin=margin,
        relative_margin=relativeMargin,
        max_score=maxScore,
        range_min=range[0] if range else 0,
        range_max=range[1] if range else None,
        output_format="n-tuple",
        verbose=False,
    )
    return [list(row.values()) for row in found]


golden = {
    "pairs": pairs,
    "others": others,
    "vectors": {text: vector.tolist() for text, vector in vectors.items()},
    "cases": [{"options": case, "rows": mined(**case)} for case in cases],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
for case in golden["cases"]:
    print(case["options"], len(case["rows"]))
