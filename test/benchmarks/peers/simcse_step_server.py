"""sentence-transformers' unsupervised SimCSE step (MultipleNegativesRankingLoss on (s, s), dropout on, AdamW), tokenising included, on
request, for runs that alternate with another program: a line "k" on stdin runs k steps and answers
{"ms": milliseconds per step}. The first line that it prints, after warm-up, is {"torch": ..., "params": those that it trains}."""
import argparse
from text_nets import *
ap = argparse.ArgumentParser(); ap.add_argument("--batch", type=int, default=64); ap.add_argument("--len", type=int, default=32); ap.add_argument("--warmup", type=int, default=3); a = ap.parse_args()
from sentence_transformers.sentence_transformer import losses as SL
torch.manual_seed(0); m = minilm(a.len); m.train()
loss = SL.MultipleNegativesRankingLoss(m); o = torch.optim.AdamW(m.parameters(), lr=3e-5); S = sentences(); S = [S[i] for i in np.random.default_rng(0).permutation(len(S))]; k = [0]
def step():
    b = S[k[0]:k[0] + a.batch]; k[0] += a.batch; f = tokens(m, b); l = loss([f, dict(f)], None); o.zero_grad(); l.backward(); o.step()
for _ in range(a.warmup): step()
print(json.dumps(dict(torch=torch.__version__, params=sum(p.numel() for p in m.parameters() if p.grad is not None))), flush=True)
for line in sys.stdin:
    n = int(line); t = time.perf_counter()
    for _ in range(n): step()
    print(json.dumps(dict(ms=1e3 * (time.perf_counter() - t) / n)), flush=True)
