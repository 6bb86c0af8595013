"""open_clip's two-tower step (CLIP loss, AdamW 1e-3, gradients of length 1), 64 ready pictures of 64 px with their tokens, on request, for runs that
alternate with another program: a line "k" on stdin runs k steps and answers {"ms": milliseconds per step}. The first line that it prints,
after warm-up, is {"torch": ..., "params": those that it trains, "tokens": the ids of each caption, without padding}."""
import argparse
from common import *
ap = argparse.ArgumentParser(); ap.add_argument("--tower", choices=["vit", "conv"], default="vit"); ap.add_argument("--batch", type=int, default=64); ap.add_argument("--warmup", type=int, default=3); a = ap.parse_args()
import open_clip
from open_clip.loss import ClipLoss
torch.manual_seed(0)
m = open_clip.CLIP(embed_dim=192, vision_cfg=dict(image_size=64, layers=6, width=192, head_width=64, patch_size=8), text_cfg=dict(context_length=32, vocab_size=49408, width=192, heads=3, layers=4))
if a.tower == "conv":  # image tower = 4 conv3x3 BN ReLU, strides 2,2,2,2, 64-128-256-256, pool, linear
    L, c = [], 3
    for w in (64, 128, 256, 256): L += [torch.nn.Conv2d(c, w, 3, 2, 1, bias=False), torch.nn.BatchNorm2d(w), torch.nn.ReLU(inplace=True)]; c = w
    m.visual = torch.nn.Sequential(*L, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(256, 192, bias=False))
caps = [r["c1"] for r in tsv("flickr8k/captions.tsv.gz") if r["split"] == "train"][:a.batch]
tx = open_clip.SimpleTokenizer(context_length=32)(caps); im = torch.randn(a.batch, 3, 64, 64); loss = ClipLoss()
ex = lambda n, p: p.ndim < 2 or "bn" in n or "ln" in n or "bias" in n or "logit_scale" in n
P = list(m.named_parameters()); o = torch.optim.AdamW([dict(params=[p for n, p in P if ex(n, p)], weight_decay=0.0), dict(params=[p for n, p in P if not ex(n, p)], weight_decay=0.1)], lr=1e-3, betas=(0.9, 0.98), eps=1e-6); m.train()
def step():
    f, g, s = m(im, tx)[:3]; l = loss(f, g, s); o.zero_grad(); l.backward(); torch.nn.utils.clip_grad_norm_(m.parameters(), 1.0); o.step()
    with torch.no_grad(): m.logit_scale.clamp_(0, np.log(100))
for _ in range(a.warmup): step()
print(json.dumps(dict(torch=torch.__version__, params=sum(p.numel() for p in m.parameters()), tokens=[[int(i) for i in r if i] for r in tx])), flush=True)
for line in sys.stdin:
    n = int(line); t = time.perf_counter()
    for _ in range(n): step()
    print(json.dumps(dict(ms=1e3 * (time.perf_counter() - t) / n)), flush=True)
