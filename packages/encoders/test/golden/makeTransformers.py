"""Writes transformers/<family>/ and transformers.json beside this file: tiny models with random weights, and what Hugging Face transformers computes with them in float64.

Run with a Python that has torch 2.14.1, transformers, sentence-transformers 6.2.0: python makeTransformers.py
The weights' files are F32, F16 and BF16; the reference computes with the values that the files hold. `bert` and `mpnet` are whole folders of sentence-transformers.
"""

import json
import os
import shutil

import torch
import transformers
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from transformers import AutoModel

from given import digest, noise

torch.set_num_threads(1)


here = os.path.dirname(os.path.abspath(__file__))
root = os.path.join(here, "transformers")

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] the a cat dog sat on mat ran ##s ##ning fast slow in rain , . ! 猫 在 雨 里 ca ##fe 1 ##2 ##3".split()
TEXTS = ["The cat sat on the mat.", "Dogs ran fast!", "café 123", "猫在雨里", "zebra", "a dog, a cat, a mat in the rain; the dog ran slow.", ""]
IDS = [[3, 7, 9, 12, 4], [2, 5, 6, 8, 10, 11, 13, 5, 14], [7], [3, 15, 16, 15, 17, 18, 19]]
SIZES = dict(vocab_size=len(WORDS), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48, max_position_embeddings=40, initializer_range=0.2)
CONFIGS = {
    "bert": (transformers.BertConfig(**SIZES, pad_token_id=0), torch.float32),
    "roberta": (transformers.RobertaConfig(**SIZES, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1), torch.float16),
    "distilbert": (transformers.DistilBertConfig(vocab_size=len(WORDS), dim=32, n_layers=2, n_heads=4, hidden_dim=48, max_position_embeddings=40, initializer_range=0.2), torch.float32),
    "mpnet": (transformers.MPNetConfig(**SIZES, layer_norm_eps=1e-5, pad_token_id=1), torch.bfloat16),
    "roberta-prelayernorm": (transformers.RobertaPreLayerNormConfig(**SIZES, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=0), torch.float32),
}


def name_of(name, value):
    """Our layout: linear maps are [in, out]."""
    table = "embeddings." in name or "relative_attention_bias" in name
    return value.T if value.ndim == 2 and not table else value


def randomised(config, dtype, family):
    torch.manual_seed(sum(map(ord, family)))
    model = AutoModel.from_config(config, attn_implementation="eager")
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.ndim == 1:
                p.copy_(torch.randn(p.shape) * 0.2 + (1.0 if "LayerNorm.weight" in name or "norm.weight" in name else 0.0))
            p.copy_(p.to(dtype).float())
    return model.double().eval()


def case(model, pad):
    n, t = len(IDS), max(map(len, IDS))
    ids = torch.tensor([row + [pad] * (t - len(row)) for row in IDS])
    mask = torch.tensor([[1] * len(row) + [0] * (t - len(row)) for row in IDS])
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    packed = torch.cat([hidden[i, : len(row)] for i, row in enumerate(IDS)])
    cotangent = torch.tensor(noise("cotangent", packed.numel()).reshape(packed.shape))
    (packed * cotangent).sum().backward()
    gradients = {name: digest(name, name_of(name, p.grad).numpy()) for name, p in model.named_parameters() if not name.startswith("pooler") and p.grad is not None}
    return {"ids": IDS, "hidden": rounded(packed), "gradients": gradients}


def rounded(x):
    return [float(f"{v:.8g}") for v in x.detach().numpy().reshape(-1)]


def tokenizer_into(folder, length, words):
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tok = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tok.normalizer = normalizers.BertNormalizer(lowercase=True)
    tok.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tok.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tok.decoder = decoders.WordPiece()
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tok, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]", model_max_length=length)
    fast.save_pretrained(folder)


def sentence_folder(folder, pooling, maximum, normalise):
    """modules.json and the files it names, in the older form that is read most widely."""
    modules = [("", "Transformer"), ("1_Pooling", "Pooling")] + ([("2_Normalize", "Normalize")] if normalise else [])
    write(folder, "modules.json", [{"idx": i, "name": str(i), "path": p, "type": f"sentence_transformers.models.{k}"} for i, (p, k) in enumerate(modules)])
    os.makedirs(os.path.join(folder, "1_Pooling"))
    modes = ["cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken"]
    write(folder, "1_Pooling/config.json", {"word_embedding_dimension": 32, **{f"pooling_mode_{m}": m == pooling for m in modes}})
    write(folder, "sentence_bert_config.json", {"max_seq_length": maximum, "do_lower_case": False})


def write(folder, name, value):
    with open(os.path.join(folder, name), "w") as file:
        json.dump(value, file, separators=(",", ":"))
        file.write("\n")


def main():
    shutil.rmtree(root, ignore_errors=True)
    cases = {}
    for family, (config, dtype) in CONFIGS.items():
        folder = os.path.join(root, family)
        os.makedirs(folder)
        model = randomised(config, dtype, family)
        cases[family] = case(model, config.pad_token_id)
        state = {k: v.to(dtype).contiguous() for k, v in model.state_dict().items()}
        prefix = {"roberta": "roberta.", "mpnet": "mpnet.", "distilbert": "distilbert."}.get(family, "")  # with and without, as found in the wild
        if family == "roberta":
            state["lm_head.bias"] = torch.zeros(len(WORDS), dtype=dtype)  # a head that the encoder has no use for
            state = {k if k.startswith("lm_head") else prefix + k: v for k, v in state.items()}
        elif prefix:
            state = {prefix + k: v for k, v in state.items()}
        save_file(state, os.path.join(folder, "model.safetensors"), {"format": "pt"})
        with open(os.path.join(folder, "config.json"), "w") as file:
            json.dump({"architectures": [type(model).__name__], **{k: v for k, v in config.to_dict().items() if v is not None and k not in ("dtype", "transformers_version")}}, file, indent=1)
            file.write("\n")
    for family, pooling, maximum, normalise in (("bert", "mean_tokens", 12, True), ("mpnet", "max_tokens", 38, False)):
        folder = os.path.join(root, family)
        tokenizer_into(folder, maximum, WORDS if family == "bert" else [WORDS[1], WORDS[0], *WORDS[2:]])  # MPNet: padding is 1
        sentence_folder(folder, pooling, maximum, normalise)
        model = SentenceTransformer(folder, device="cpu").double()
        cases[family]["sentences"] = {"texts": TEXTS, "vectors": [[float(f"{v:.8g}") for v in row] for row in model.encode(TEXTS, convert_to_numpy=True).tolist()]}
    # Pooling: sentence-transformers' own module on the states of `bert`.
    from sentence_transformers.sentence_transformer.modules.pooling import Pooling

    hidden = torch.tensor(cases["bert"]["hidden"]).reshape(-1, 32)
    t = max(map(len, IDS))
    grid, mask, at = torch.zeros(len(IDS), t, 32, dtype=torch.float64), torch.zeros(len(IDS), t, dtype=torch.int64), 0
    for i, row in enumerate(IDS):
        grid[i, : len(row)], mask[i, : len(row)], at = hidden[at : at + len(row)], 1, at + len(row)
    pooled = {}
    for mode in Pooling.POOLING_MODES:
        pooled[mode] = rounded(Pooling(32, mode)({"token_embeddings": grid, "attention_mask": mask})["sentence_embedding"])
    buckets = transformers.models.mpnet.modeling_mpnet.MPNetEncoder.relative_position_bucket(torch.arange(600)[None, :] - torch.arange(600)[:, None], 32)
    row = [int(v) for v in torch.cat([buckets[599, :599], buckets[0]])]  # distances -599 to 599
    with open(os.path.join(here, "transformers.json"), "w") as file:
        json.dump({"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__, "cases": cases, "pooled": pooled, "buckets": row}, file, separators=(",", ":"))
        file.write("\n")


main()
