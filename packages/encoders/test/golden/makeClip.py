"""Writes clip/<folder>/ and clip.json beside this file: tiny models with random weights, and what Hugging Face transformers computes with them in float64.

Run with a Python that has torch 2.14.1, transformers 5.24: python makeClip.py
`clip` is a CLIPModel (F32), `siglip` a SiglipModel (F16), `vit` a ViTModel (BF16), `clipVision` a CLIPVisionModelWithProjection (F32), whole folders as
save_pretrained writes them, with tokenizer and preprocessing. The reference computes with the values that the files hold.
"""

import json
import os
import shutil

import numpy as np
import torch
import transformers
from safetensors.torch import load_file, save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from given import digest, noise

torch.set_num_threads(1)


here = os.path.dirname(os.path.abspath(__file__))
root = os.path.join(here, "clip")
TEXTS = ["a photo of a cat", "A dog runs in the rain!", "two cats, one dog", "", "the end <|endoftext|> of it", "a cat and a dog and a cat and a dog and a cat and a dog and a cat"]
CORPUS = TEXTS * 3 + ["a photo of two dogs in the rain", "one photo, two photos, the cat runs", "it ends in the rain and the cat sat on it"]
VISION = dict(hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4, image_size=26, patch_size=8)  # two rows of pixels unseen
TEXT = dict(hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=14)


def clip_tokenizer():
    raw = Tokenizer(models.BPE(end_of_word_suffix="</w>", unk_token="<|endoftext|>"))
    raw.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    split = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    raw.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(split), behavior="removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    raw.train_from_iterator([t.replace("<|endoftext|>", "") for t in CORPUS], trainers.BpeTrainer(vocab_size=70, end_of_word_suffix="</w>", show_progress=False))
    learnt = json.loads(raw.to_str())["model"]
    vocab = dict(learnt["vocab"])
    for token in ("<|startoftext|>", "<|endoftext|>"):
        vocab[token] = len(vocab)
    return transformers.CLIPTokenizer(vocab=vocab, merges=[tuple(m) for m in learnt["merges"]], model_max_length=TEXT["max_position_embeddings"])


def siglip_tokenizer():
    raw = Tokenizer(models.Unigram())
    raw.normalizer = normalizers.Sequence([normalizers.Lowercase(), normalizers.Replace(Regex(r"[!-/:-@\[-`{-~]"), ""), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()])
    raw.pre_tokenizer = pre_tokenizers.Metaspace()
    raw.decoder = decoders.Metaspace()
    raw.train_from_iterator(CORPUS, trainers.UnigramTrainer(vocab_size=60, special_tokens=["<unk>", "</s>"], unk_token="<unk>", show_progress=False))
    raw.post_processor = processors.TemplateProcessing(single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)])
    return transformers.PreTrainedTokenizerFast(tokenizer_object=raw, unk_token="<unk>", eos_token="</s>", pad_token="</s>", model_max_length=TEXT["max_position_embeddings"])


def randomised(model, dtype, seed):
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            if name.startswith("logit"):
                p.fill_(1.25 if name == "logit_scale" else -2.5)
            else:
                norm = "norm" in name and name.endswith("weight")
                p.copy_(torch.randn(p.shape) * 0.2 + (1.0 if norm else 0.0))
            p.copy_(p.to(dtype).float())
    return model.double().eval()


def saved(model, folder, dtype):
    """As save_pretrained names the weights, in that type."""
    shutil.rmtree(folder, ignore_errors=True)
    model.float().save_pretrained(folder)
    file = os.path.join(folder, "model.safetensors")
    save_file({k: v.to(dtype) for k, v in load_file(file).items()}, file, {"format": "pt"})
    model.double()


def rounded(x):
    return [float(f"{v:.8g}") for v in x.detach().numpy().reshape(-1)]


def gradients(model, rows, of):
    """Of sum(rows * noise), by the names in the file, in our layout."""
    model.zero_grad()
    cotangent = torch.tensor(noise("cotangent", rows.numel()).reshape(rows.shape))
    (rows * cotangent).sum().backward()
    out = {}
    for name, p in model.named_parameters():
        if p.grad is None or not of(name):
            continue
        g = p.grad.numpy()
        table = "embedding." in name or name.endswith("probe")
        if g.ndim == 4:
            g = g.transpose(2, 3, 1, 0)
        elif g.ndim == 2 and not ("embedding" in name):
            g = g.T
        out[name] = digest(name, g)
    return out


def images(size=26, n=3):
    return torch.tensor(noise("images", n * size * size * 3).astype(np.float32).astype(np.float64).reshape(n, size, size, 3)).permute(0, 3, 1, 2)


def pair(model, tokenizer, padding):
    pixels = images()
    inputs = tokenizer(TEXTS, padding=padding, truncation=True, return_tensors="pt")
    text = model.get_text_features(input_ids=inputs["input_ids"]).pooler_output
    image = model.get_image_features(pixel_values=pixels).pooler_output
    both = model(input_ids=inputs["input_ids"], pixel_values=pixels)
    return {
        "texts": TEXTS,
        "ids": inputs["input_ids"].tolist(),
        "textFeatures": rounded(text),
        "imageFeatures": rounded(image),
        "logitsPerImage": rounded(both.logits_per_image),
        "textGradients": gradients(model, text, lambda n: n.startswith("text")),
        "imageGradients": gradients(model, model.get_image_features(pixel_values=pixels).pooler_output, lambda n: n.startswith("vi")),
    }


def main():
    cases = {}
    tokenizer = clip_tokenizer()
    words = dict(vocab_size=len(tokenizer), bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    model = transformers.CLIPModel(transformers.CLIPConfig(text_config={**TEXT, **words}, vision_config=VISION, projection_dim=24, attn_implementation="eager"))
    model = randomised(model, torch.float32, 1)
    folder = os.path.join(root, "clip")
    saved(model, folder, torch.float32)
    tokenizer.save_pretrained(folder)
    transformers.CLIPImageProcessor(size={"shortest_edge": 26}, crop_size=26).save_pretrained(folder)
    cases["clip"] = pair(model, tokenizer, True)
    # The rule of before 4.31: the largest id, whatever the configuration says.
    model.text_model.eos_token_id = 2
    inputs = tokenizer(TEXTS, padding=True, truncation=True, return_tensors="pt")
    cases["clip"]["legacyTextFeatures"] = rounded(model.get_text_features(input_ids=inputs["input_ids"]).pooler_output)

    tokenizer = siglip_tokenizer()
    words = dict(vocab_size=len(tokenizer), bos_token_id=0, eos_token_id=1, pad_token_id=1)
    model = transformers.SiglipModel(transformers.SiglipConfig(text_config={**TEXT, **words}, vision_config=VISION, attn_implementation="eager"))
    model = randomised(model, torch.float16, 2)
    folder = os.path.join(root, "siglip")
    saved(model, folder, torch.float16)
    tokenizer.save_pretrained(folder)
    transformers.SiglipImageProcessor(size={"height": 26, "width": 26}).save_pretrained(folder)
    cases["siglip"] = pair(model, tokenizer, "max_length")

    model = randomised(transformers.ViTModel(transformers.ViTConfig(**VISION), add_pooling_layer=False), torch.bfloat16, 3)
    folder = os.path.join(root, "vit")
    saved(model, folder, torch.bfloat16)
    transformers.ViTImageProcessor(size={"height": 26, "width": 26}).save_pretrained(folder)
    cases["vit"] = {"imageFeatures": rounded(model(images()).last_hidden_state[:, 0])}

    model = randomised(transformers.CLIPVisionModelWithProjection(transformers.CLIPVisionConfig(**{**VISION, "num_hidden_layers": 1}, projection_dim=24, hidden_act="gelu")), torch.float16, 4)
    folder = os.path.join(root, "clipVision")
    saved(model, folder, torch.float16)
    transformers.CLIPImageProcessor(size={"shortest_edge": 26}, crop_size=26).save_pretrained(folder)
    cases["clipVision"] = {"imageFeatures": rounded(model(images()).image_embeds)}

    with open(os.path.join(here, "clip.json"), "w") as file:
        json.dump({"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__, "cases": cases}, file, separators=(",", ":"))
        file.write("\n")


main()
