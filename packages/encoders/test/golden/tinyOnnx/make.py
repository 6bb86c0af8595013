"""Writes this folder: a random tiny BERT as transformers.js reads it, and vectors.json, what PyTorch computes with it.

Run with a Python that has torch 2.14.1, transformers 5.24.0, onnx 1.23.2, onnxruntime 1.32.0: python make.py
Opset 17 and IR 8, which the runtime of @xenova/transformers 2.17.2 reads. onnx/model_quantized.onnx is the same file: that loader's default.
"""

import io
import json
import os
import shutil

import numpy as np
import onnx
import onnxruntime
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

torch.set_num_threads(1)
torch.manual_seed(4)
here = os.path.dirname(os.path.abspath(__file__))

WORDS = "the a cat dog bird sat sleeps sings on under mat tree . , ! ?".split()
vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *(f"##{c}" for c in "abdegilnrst"), *"abdegilnrst"]
vocabulary = list(dict.fromkeys(vocabulary))
ids = {token: i for i, token in enumerate(vocabulary)}
LONGEST = 16

tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
tokenizer.decoder = decoders.WordPiece()
tokenizer.post_processor = processors.BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
tokenizer.save(os.path.join(here, "tokenizer.json"))

config = BertConfig(
    vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
    max_position_embeddings=LONGEST, initializer_range=0.3, attn_implementation="eager",
)
model = BertModel(config, add_pooling_layer=False).eval()


class Hidden(torch.nn.Module):
    """As exported for transformers.js: three inputs, one output."""

    def __init__(self):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[0]


def write(name, value):
    with open(os.path.join(here, name), "w") as file:
        json.dump(value, file, indent=1)
        file.write("\n")


keep = ["hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act", "vocab_size"]
keep += ["max_position_embeddings", "type_vocab_size", "layer_norm_eps", "pad_token_id"]
write("config.json", {"model_type": "bert", "architectures": ["BertModel"]} | {k: getattr(config, k) for k in keep})
special = {"unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]"}
write("tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "model_max_length": LONGEST, "do_lower_case": True} | special)

names = ["input_ids", "attention_mask", "token_type_ids"]
example = tuple(torch.tensor(x) for x in ([[2, 5, 7, 3], [2, 5, 3, 0]], [[1, 1, 1, 1], [1, 1, 1, 0]], [[0] * 4] * 2))
buffer = io.BytesIO()
torch.onnx.export(
    Hidden().eval(), example, buffer, opset_version=17, dynamo=False, input_names=names, output_names=["last_hidden_state"],
    dynamic_axes={name: {0: "n", 1: "t"} for name in [*names, "last_hidden_state"]},
)
graph = onnx.load_from_string(buffer.getvalue())
graph.ir_version = 8
onnx.checker.check_model(graph)
os.makedirs(os.path.join(here, "onnx"), exist_ok=True)
onnx.save(graph, os.path.join(here, "onnx/model.onnx"))
shutil.copyfile(os.path.join(here, "onnx/model.onnx"), os.path.join(here, "onnx/model_quantized.onnx"))

texts = [
    "The cat sat on the mat.",
    "A bird sings!",
    "dogs, cats and birds",
    "",
    "zzz",
    "the cat sat on the mat . the dog sleeps under the tree . a bird sings on the tree .",  # longer than the model takes
]
encoded = tokenizer.encode_batch(texts)
# transformers.js cuts after [CLS] and [SEP] are there: a text that is too long has no [SEP], unlike in Python.
fields = [[getattr(e, field)[:LONGEST] for e in encoded] for field in ("ids", "attention_mask", "type_ids")]
width = max(map(len, fields[0]))
inputs = [torch.tensor([row + [0] * (width - len(row)) for row in field]) for field in fields]  # [PAD] is 0
with torch.no_grad():
    hidden = model(input_ids=inputs[0], attention_mask=inputs[1], token_type_ids=inputs[2])[0]
session = onnxruntime.InferenceSession(os.path.join(here, "onnx/model.onnx"))
ran = session.run(None, {name: x.numpy() for name, x in zip(names, inputs)})[0]
difference = np.abs(ran - hidden.numpy())[inputs[1].numpy() == 1].max()
assert difference < 1e-5, difference

mask = inputs[1][:, :, None].float()
mean = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)
rounded = lambda x: [[float(f"{v:.7g}") for v in row] for row in x.tolist()]
rows = lambda x: "[\n  " + ",\n  ".join(json.dumps(row) for row in x) + "\n ]"
values = {"texts": texts, "mean": rounded(mean), "cls": rounded(hidden[:, 0])}
with open(os.path.join(here, "vectors.json"), "w") as file:
    file.write("{\n " + ",\n ".join(f'"{name}": {rows(value)}' for name, value in values.items()) + "\n}\n")
