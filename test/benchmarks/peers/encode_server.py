"""all-MiniLM-L6-v2 on request, for runs that alternate with another program: each line on stdin embeds the texts once and answers
{"ms": milliseconds}. --backend torch (sentence-transformers' encode()) | onnx (ONNX Runtime, graph exported here with pooling and
normalise in it, length-sorted batches like encode()). Texts come from a JSON file of strings (first argument), so that all sides embed
the same; the vectors of the warm-up go to an npy file (second argument). The first line that it prints is then {"torch": ..., "ort": ...}."""
import argparse
from text_nets import *
ap = argparse.ArgumentParser(); ap.add_argument("texts"); ap.add_argument("vectors"); ap.add_argument("--backend", choices=["torch", "onnx"], default="torch"); ap.add_argument("--batch", type=int, default=32); a = ap.parse_args()
S = json.load(open(a.texts)); m = minilm(); m.eval(); extra = {}
if a.backend == "torch": f = lambda: m.encode(S, batch_size=a.batch, show_progress_bar=False, normalize_embeddings=True)
else:
    import onnxruntime as ort
    p = os.path.join(CACHE, "minilm.onnx")
    if not os.path.exists(p):
        class W(torch.nn.Module):
            def __init__(s, e): super().__init__(); s.e = e
            def forward(s, input_ids, attention_mask):
                h = s.e(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state; k = attention_mask.unsqueeze(-1).to(h.dtype)
                return torch.nn.functional.normalize((h * k).sum(1) / k.sum(1).clamp(min=1e-9), dim=1)
        e = m[0].auto_model if hasattr(m[0], "auto_model") else m[0].model
        e.config._attn_implementation = "eager"
        x = tokens(m, S[:4]); torch.onnx.export(W(e).eval(), (x["input_ids"], x["attention_mask"]), p, input_names=["input_ids", "attention_mask"], output_names=["emb"], dynamic_axes={"input_ids": {0: "b", 1: "t"}, "attention_mask": {0: "b", 1: "t"}, "emb": {0: "b"}}, opset_version=17, dynamo=False)
    so = ort.SessionOptions(); so.intra_op_num_threads = THREADS; s = ort.InferenceSession(p, so, providers=["CPUExecutionProvider"]); extra["ort"] = ort.__version__
    def f():
        idx = sorted(range(len(S)), key=lambda i: -len(S[i])); E = np.empty((len(S), 384), np.float32)
        for i in range(0, len(S), a.batch):
            j = idx[i:i + a.batch]; x = tokens(m, [S[q] for q in j]); E[j] = s.run(None, {"input_ids": x["input_ids"].numpy(), "attention_mask": x["attention_mask"].numpy()})[0]
        return E
np.save(a.vectors, f()); print(json.dumps(dict(torch=torch.__version__, **extra)), flush=True)
for line in sys.stdin:
    t = time.perf_counter(); f()
    print(json.dumps(dict(ms=1e3 * (time.perf_counter() - t))), flush=True)
