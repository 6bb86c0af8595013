"""The step of simclr_step.py on request, for runs that alternate with another program: a line "k" on stdin runs k steps and answers
{"ms": milliseconds per step}. The first line that it prints, after warm-up, is {"torch": ..., "params": ...}."""
import argparse
from common import *
ap = argparse.ArgumentParser(); ap.add_argument("--net", choices=["resnet18", "small"], default="small"); ap.add_argument("--batch", type=int, default=64); ap.add_argument("--warmup", type=int, default=5); a = ap.parse_args()
import lightly.loss as LL
torch.manual_seed(0); net, head, _ = simclr_net(a.net); loss = LL.NTXentLoss(temperature=0.5)
x, _, _, _ = cifar10(); v = to_input(x[np.random.default_rng(0).permutation(len(x))[:2 * a.batch]]); del x
P = [*net.parameters(), *head.parameters()]; o = torch.optim.SGD(P, lr=0.06 * a.batch / 128, momentum=0.9, weight_decay=5e-4)
def step():
    z = head(net(v)); l = loss(z[:a.batch], z[a.batch:]); o.zero_grad(); l.backward(); o.step(); return l
for _ in range(a.warmup): step()
print(json.dumps(dict(torch=torch.__version__, params=sum(p.numel() for p in P))), flush=True)
for line in sys.stdin:
    k = int(line); t = time.perf_counter()
    for _ in range(k): step()
    print(json.dumps(dict(ms=1e3 * (time.perf_counter() - t) / k)), flush=True)
