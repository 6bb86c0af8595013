"""all-MiniLM-L6-v2 as shipped through sentence-transformers: STS-B test Spearman and, unless --quick, SciFact nDCG@10 and recall@100 (test)."""
import argparse
from text_nets import *
ap = argparse.ArgumentParser(); ap.add_argument("--quick", action="store_true"); a = ap.parse_args()
m = minilm(); m.eval(); extra = {}
if not a.quick: s = scifact_ndcg10(m); extra = dict(scifact_ndcg10=s[0], scifact_recall100=s[1])
out(script="shipped", stsb_test=stsb(m, "test"), **extra)
