"""Writes text-losses.json beside this file: losses of sentence-transformers 6.2.0 and torch 2.14.1 in float64, embeddings given.

Run with a Python that has both: python make.py
Embeddings are z0, z1 and z2 of test/golden/losses.json, 4 x 6; a guide's and a teacher's are made of them by the rows of `MIX`.
"""

import json
import os
from types import SimpleNamespace

import torch
import torch.nn.functional as F
from sentence_transformers import util
from sentence_transformers.sentence_transformer import losses

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "../../../../test/golden/losses.json")) as file:
    inputs = json.load(file)["inputs"]
z0, z1, z2 = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("z0", "z1", "z2"))
SCORES = [0.2, 0.9, 0.2, 0.5]  # two are equal: they are not ranked
scores = torch.tensor(SCORES, dtype=torch.float64)
# The guide's three sides, and the teacher: sums of the embeddings, so that some candidates are nearer than the positive and some are not.
GUIDE = [z0 + 0.5 * z2, z1 + 0.5 * z0, z2 + 0.25 * z0]
TEACHER = z1 + 0.5 * z2


class Given(torch.nn.Module):
    """A model whose features are its embeddings."""

    tokenizer = SimpleNamespace()

    def forward(self, features):
        return {"sentence_embedding": features["given"]}

    def get_embedding_dimension(self):
        return 6


class GuideOf(torch.nn.Module):
    """A guide that knows the vector of each text by the place of its features in the list."""

    def __init__(self, vectors):
        super().__init__()
        self.vectors = vectors

    def forward(self, features):
        return {"sentence_embedding": self.vectors[features["column"]]}


def gist(columns, margin=0.0, temperature=0.01):
    loss = losses.GISTEmbedLoss.__new__(losses.GISTEmbedLoss)
    torch.nn.Module.__init__(loss)
    loss.model, loss.guide, loss.must_retokenize = Given(), GuideOf(GUIDE), False
    loss.temperature, loss.margin, loss.margin_strategy = temperature, margin, "absolute"
    loss.similarity_fct, loss.cross_entropy_loss = torch.nn.CosineSimilarity(dim=-1), torch.nn.CrossEntropyLoss()
    loss.contrast_anchors = loss.contrast_positives = True
    loss.gather_across_devices = False
    return loss([{"given": z, "column": i} for i, z in enumerate(columns)], None).item()


def matryoshka(dims, weights=None):
    model = Given()
    inner = losses.MultipleNegativesRankingLoss(model)
    return losses.MatryoshkaLoss(model, inner, dims, weights)([{"given": z0}, {"given": z1}], None).item()


def others(z):
    """The cosines of each row with the other rows: column k holds those of i and (i + k) mod n."""
    return torch.stack([util.pairwise_cos_sim(z, z.roll(-k, 0)) for k in range(1, len(z))], 1)


def divergence(temperature):
    loss = losses.DistillKLDivLoss(Given(), similarity_fct=util.pairwise_cos_sim, temperature=temperature)
    columns = [z0, *(z0.roll(-k, 0) for k in range(1, 4))]
    return loss([{"given": z} for z in columns], others(TEACHER)).item() / temperature**2


logits = torch.cat([z0, z1])  # 8 places, 6 words
WORDS = [3, -100, 0, -100, 5, 5, -100, 1]

values = {
    "cosent scale 20": losses.CoSENTLoss(Given()).compute_loss_from_embeddings([z0, z1], scores).item(),
    "cosent scale 1": losses.CoSENTLoss(Given(), scale=1.0).compute_loss_from_embeddings([z0, z1], scores).item(),
    "angle scale 20": losses.AnglELoss(Given()).compute_loss_from_embeddings([z0, z1], scores).item(),
    "angle scale 1": losses.AnglELoss(Given(), scale=1.0).compute_loss_from_embeddings([z0, z1], scores).item(),
    "cosine regression": F.mse_loss(F.cosine_similarity(z0, z1), scores).item(),
    "squared to teacher": losses.MSELoss(Given()).compute_loss_from_embeddings([z0], [TEACHER]).item(),
    "cosine to teacher": losses.EmbedDistillLoss(Given()).compute_loss_from_embeddings([z0], [TEACHER]).item(),
    "divergence from teacher T=1": divergence(1.0),
    "divergence from teacher T=.05": divergence(0.05),
    "squared similarities": F.mse_loss(others(z0), others(TEACHER)).item(),
    "guarded pairs T=.01": gist([z0, z1]),
    "guarded triplets T=.01": gist([z0, z1, z2]),
    "guarded triplets T=.1 margin .2": gist([z0, z1, z2], margin=0.2, temperature=0.1),
    "matryoshka 6 4 2": matryoshka([6, 4, 2]),
    "matryoshka 6 3 weights 1 .5": matryoshka([6, 3], [1.0, 0.5]),
    "masked language model": F.cross_entropy(logits, torch.tensor(WORDS)).item(),
    "pairs, two columns of hard negatives": losses.MultipleNegativesRankingLoss(Given())
    .compute_loss_from_embeddings([z0, z1, z2, GUIDE[0]], None)
    .item(),
}
# CosineSimilarityLoss turns labels to float32; its formula in float64 stands above and must agree.
cosine = losses.CosineSimilarityLoss(Given()).compute_loss_from_embeddings([z0, z1], scores).item()
assert abs(cosine - values["cosine regression"]) < 1e-7

golden = {
    "torch": torch.__version__.split("+")[0],
    "sentence-transformers": "6.2.0",
    "scores": SCORES,
    "words": WORDS,
    "guide": [side.tolist() for side in GUIDE],
    "teacher": TEACHER.tolist(),
    "values": values,
}
with open(os.path.join(HERE, "text-losses.json"), "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
