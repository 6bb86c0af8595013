import { golden } from "@nearfar/testing";

interface Losses {
  inputs: { z0: number[][]; z1: number[][]; z2: number[][]; labels: number[] };
  ntxent: Record<string, number>;
  "ntxent_collapsed(all embeddings equal) = ln(2N-1)": number;
  "infonce_or_clip_collapsed = ln(N)": number;
  clip: Record<string, number>;
  "infonce z0->z1 t=0.05 (unsup SimCSE / MNRL scale 20)": number;
  "simcse_supervised(anchor z0,pos z1,hardneg z2,t=0.05)": number;
  "siglip(t=10,b=-10)": number;
  "supcon(t=0.1,labels)": number;
  "alignment(alpha=2)": number;
  "uniformity(t=2) z0": number;
}

/** test/golden/losses.json: numpy float64 from the published formulas. */
export const losses = golden<Losses>("losses.json");

/** test/golden/peer-losses.json: computed by lightly 1.6.0 and sentence-transformers 6.2.0 in float64 on the same inputs. */
export const peerLosses = golden<{ values: Record<string, number> }>("peer-losses.json").values;
