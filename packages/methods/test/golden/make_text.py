"""Writes text.json beside this file: three steps of methods of sentences, in float64, from weights and texts that formulas give, dropout off.

Run with a Python that has torch 2.14.1, transformers 5.24.0, sentence-transformers 6.2.0 and pytorch-metric-learning 1.0.0 (of DeCLUTR's time):
python make_text.py
Weights are made in the layout of our trees (`noisy` of ../noisy.ts), [in, out], then transposed; texts by `noisyTexts` of ../noisyTexts.ts.
The losses are the peers' own: sentence-transformers' `MultipleNegativesRankingLoss`, the authors' NTXentLoss over averaged positives
(JohnGiorgi/DeCLUTR, declutr/model.py) and `BertForMaskedLM`'s.
"""

import numpy as np
import torch
from given import WORDS, leaf, noise, texts, told, write
from pytorch_metric_learning.losses import NTXentLoss
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import BertConfig, BertForMaskedLM, BertModel

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

MASK = 4
CONFIG = BertConfig(
    vocab_size=WORDS,
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=32,
    max_position_embeddings=12,
    type_vocab_size=2,
    hidden_dropout_prob=0.0,
    attention_probs_dropout_prob=0.0,
    attn_implementation="eager",
)


def masked(name, lists):
    """The same lists with some ids MASK, and what stood there, in the order of the tokens."""
    total = sum(len(one) for one in lists)
    chosen = iter(noise(f"masked {name}", total) > 0.4)
    hidden = [[(MASK if next(chosen) else int(i)) for i in one] for one in lists]
    words = [[(int(i) if h == MASK else -100) for i, h in zip(one, other)] for one, other in zip(lists, hidden)]
    return hidden, words


def padded(lists, fill=0):
    longest = max(len(one) for one in lists)
    return torch.tensor([[*map(int, one), *[fill] * (longest - len(one))] for one in lists])


def bert(model, lists):
    """The last hidden states, and the mask."""
    mask = padded([[1] * len(one) for one in lists])
    return model(input_ids=padded(lists), attention_mask=mask).last_hidden_state, mask


def first_token(model, lists):
    return bert(model, lists)[0][:, 0]


def mean(model, lists):
    hidden, mask = bert(model, lists)
    weights = mask.unsqueeze(-1).double()
    return (hidden * weights).sum(1) / weights.sum(1)


def bag(model, lists):
    flat = torch.tensor([int(i) for one in lists for i in one])
    offsets = torch.tensor([0, *np.cumsum([len(one) for one in lists])[:-1]])
    return model({"input_ids": flat, "offsets": offsets})["sentence_embedding"]


def ranking(**options):
    """sentence-transformers' loss of embeddings, columns in its order."""
    return lambda columns: MultipleNegativesRankingLoss(None, **options).compute_loss_from_embeddings(columns, None)


def declutr(columns):
    """The authors' forward pass, declutr/model.py: positives averaged, then NTXentLoss with a label per anchor."""
    anchors, positives = columns[0], torch.stack(columns[1:], 1).mean(1)
    labels = torch.arange(len(anchors)).repeat(2)
    return NTXentLoss(temperature=0.05)(torch.cat([anchors, positives]), labels)


class Head(torch.nn.Module):
    """SimCSE's MLPLayer."""

    def __init__(self):
        super().__init__()
        self.dense = torch.nn.Linear(16, 16)

    def forward(self, x):
        return torch.tanh(self.dense(x))


def static():
    tokenizer = Tokenizer(WordLevel({str(i): i for i in range(WORDS)}, unk_token="0"))
    return torch.nn.ModuleDict({"encoder": StaticEmbedding(tokenizer, embedding_dim=16)})


def transposed(name, value):
    """Tables of embeddings are [v, d] on both sides; of other matrices torch has the transpose."""
    return value.ndim == 2 and "embedding" not in name


def ours(name, value):
    value = value.detach().numpy()
    return np.ascontiguousarray(value.T if transposed(name, value) else value)


def trajectory(net, path_of, loss_of, rate=0.05):
    """Losses and weights of three steps of SGD, without momentum: our optimizers move the rows of a table that a batch looked up, no others."""
    named = {path_of(name): (name, value) for name, value in net.named_parameters()}
    first = {}
    with torch.no_grad():
        for path, (name, value) in named.items():
            first[path] = leaf(path, ours(name, value).shape)
            value.copy_(torch.tensor(first[path].T.copy() if transposed(name, value) else first[path]))
    net.train()
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    losses = []
    for step in range(3):
        loss = loss_of(net, step)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    after = {path: told(path, ours(name, value), first[path]) for path, (name, value) in named.items()}
    return {"losses": losses, "after": after}


def of_columns(embed, loss, names):
    """A loss of columns of texts, each column in a pass of its own."""
    return lambda net, step: loss([embed(net, texts(f"{name} {step}")) for name in names])


def simcse(net, step):
    """Twice the same sentences; the head on the first token, as with the authors' pooler `cls`."""
    return ranking()([net["head"](first_token(net["encoder"], texts(f"sentences {step}"))) for _ in range(2)])


def declutr_with_words(net, step):
    """The sum of both losses; the anchors are masked for both, as in declutr/model.py."""
    hidden, words = masked(f"anchors {step}", texts(f"anchors {step}"))
    model = net["encoder"]
    output = model(input_ids=padded(hidden), attention_mask=padded([[1] * len(one) for one in hidden]), labels=padded(words, -100))
    columns = [mean(model.bert, hidden), *(mean(model.bert, texts(f"positives{k} {step}")) for k in range(2))]
    return declutr(columns) + output.loss


def bert_path(name):
    """encoder.bert.embeddings... -> encoder.embeddings...; encoder.cls.predictions... -> predictions..."""
    return name.replace("encoder.bert.", "encoder.").replace("encoder.cls.predictions.", "predictions.")


PAIRS = ["anchors", "positives", "hard0", "hard1"]
there_and_back = {"directions": ("query_to_doc", "doc_to_query"), "partition_mode": "per_direction"}
same = lambda name: name  # noqa: E731
of_bag = lambda loss, names: of_columns(lambda net, lists: bag(net["encoder"], lists), loss, names)  # noqa: E731

golden = {
    "torch": torch.__version__.split("+")[0],
    "transformers": "5.24.0",
    "sentence-transformers": "6.2.0",
    "pytorch-metric-learning": "1.0.0",
    "pairs": trajectory(static(), same, of_bag(ranking(), PAIRS[:2])),
    "pairs, two columns of hard negatives": trajectory(static(), same, of_bag(ranking(), PAIRS)),
    "pairs, both directions": trajectory(static(), same, of_bag(ranking(**there_and_back), PAIRS[:3])),
    "spans": trajectory(static(), same, of_bag(declutr, ["anchors", "positives0", "positives1"])),
    "simcse": trajectory(
        torch.nn.ModuleDict({"encoder": BertModel(CONFIG, add_pooling_layer=False), "head": Head()}), same, simcse, rate=0.2
    ),
    "declutr": trajectory(torch.nn.ModuleDict({"encoder": BertForMaskedLM(CONFIG)}), bert_path, declutr_with_words, rate=0.2),
}
write(__file__, "text.json", golden)
