"""Writes *.safetensors with the reference implementation (PyPI safetensors 0.8.0, torch), and halves.json.

every.safetensors      one tensor of each type, empty and scalar ones, names that must be escaped, one metadata entry
"""

import hashlib, json, pathlib

import numpy as np
import torch
from safetensors.torch import save

here = pathlib.Path(__file__).parent
tensors = {
    "f64": torch.tensor([[0.1, -2.5]], dtype=torch.float64),
    "f32": torch.tensor([[1.5, -0.1], [3e38, 1e-45]]),
    "a.f32": torch.arange(3, dtype=torch.float32),
    "10": torch.zeros(1),
    "9": torch.ones(1),
    "f16": torch.tensor([1.0, -0.1, 65504.0, 6e-8], dtype=torch.float16),
    "bf16": torch.tensor([1.0, -0.1, 3e38, 1e-40], dtype=torch.bfloat16),
    "i64": torch.tensor([-(2**63), 2**63 - 1]),
    "i32": torch.tensor([-(2**31), 2**31 - 1], dtype=torch.int32),
    "i16": torch.tensor([-(2**15), 2**15 - 1], dtype=torch.int16),
    "i8": torch.tensor([-128, 127], dtype=torch.int8),
    "u64": torch.tensor([2**63 - 1], dtype=torch.uint64),
    "u32": torch.tensor([2**32 - 1], dtype=torch.uint32),
    "u16": torch.tensor([2**16 - 1], dtype=torch.uint16),
    "u8": torch.tensor([0, 255, 7], dtype=torch.uint8),
    "bool": torch.tensor([True, False, True]),
    "empty": torch.zeros((0, 3)),
    "scalar": torch.tensor(2.5),
    'quote" \\ \n é 图 \U0001f43b': torch.tensor([1], dtype=torch.uint8),
}
(here / "every.safetensors").write_bytes(save(tensors, {"format": "pt é\t"}))

# All 65,536 halves as float32, NaNs made alike, little-endian: the SHA-256 says whether another widening equals numpy's.
bits = np.arange(65536, dtype=np.uint16)


def digest(values: np.ndarray) -> str:
    values = values.astype("<f4").copy()
    values.view("<u4")[np.isnan(values)] = 0x7FC00000
    return hashlib.sha256(values.tobytes()).hexdigest()


with np.errstate(invalid="ignore"):
    f16 = digest(bits.view(np.float16).astype(np.float32))
bf16 = digest(torch.from_numpy(bits.view(np.int16)).view(torch.bfloat16).float().numpy())
widened = {k: [float(v) for v in tensors[k].float()] for k in ("f16", "bf16")}
(here / "halves.json").write_text(json.dumps({"f16": f16, "bf16": bf16, "every": widened}, indent=2) + "\n")
