import {
  clipText,
  convNet,
  mlp,
  newTransformer,
  packTokens,
  resNet,
  simclrHead,
  simcseHead,
  staticEmbedding,
  transformer,
  type Pooling,
  type TransformerConfig,
  type Tokens,
  visionTransformer,
} from "@nearfar/encoders";
import { type Tensor2D, type Tensor4D, tf } from "@nearfar/tensor";
import { noise } from "@nearfar/testing";
import { encoderContract } from "../../../test/contracts/encoder.ts";

const images = (n: number): Tensor4D =>
  tf.tensor4d(Float32Array.from(noise("images", n * 16 * 16 * 3)), [n, 16, 16, 3]);
const rows = (n: number): Tensor2D => tf.tensor2d(Float32Array.from(noise("rows", n * 12)), [n, 12]);

encoderContract("convNet", convNet, images);
encoderContract("resNet 18, small stem", () => resNet({ depth: 18 }), images);
encoderContract("resNet 18, large stem", () => resNet({ depth: 18, stem: "large" }), images);
encoderContract("resNet 50, small stem", () => resNet({ depth: 50 }), images);
encoderContract("simclrHead", () => simclrHead(12), rows);
encoderContract("mlp", () => mlp([12, 16, 16, 8]), rows);
encoderContract("mlp without norms", () => mlp([12, 16, 8], { hiddenNorm: false }), rows);
encoderContract("mlp, plain norm on the output", () => mlp([12, 16, 8], { outputNorm: "plain" }), rows);
encoderContract("simcseHead", () => simcseHead(12), rows);

/** Texts of 1 to 6 tokens, no two the same. */
const lists = (n: number) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: 1 + ((i * 3) % 6) }, (_, j) => (7 * i + 3 * j + 1) % 40));
const texts = (n: number): Tokens => packTokens(lists(n));
const alone = (n: number): Tokens[] => lists(n).map((list) => packTokens([list]));

const small = { vocabularySize: 40, layers: 2, width: 16, heads: 2, tokens: 8 };
const configs: Record<string, TransformerConfig> = {
  "post-norm": newTransformer({ ...small, norm: "post" }),
  "pre-norm": newTransformer(small),
  DistilBERT: { ...newTransformer({ ...small, norm: "post" }), family: "distilbert", types: 0 },
  MPNet: { ...newTransformer({ ...small, norm: "post" }), family: "mpnet", types: 0, positions: 10, buckets: 8 },
  RoBERTa: { ...newTransformer({ ...small, norm: "post" }), family: "roberta", types: 1, positions: 10, padId: 1 },
};
for (const [name, config] of Object.entries(configs))
  encoderContract(`transformer, ${name}`, () => transformer(config), texts, { alone });
for (const pooling of ["cls", "last", "max", "mean-sqrt-len", "weighted-mean"] satisfies Pooling[])
  encoderContract(`transformer, ${pooling}`, () => transformer(newTransformer(small), { pooling }), texts, { alone });
encoderContract("staticEmbedding", () => staticEmbedding({ vocabularySize: 40, dimensions: 12 }), texts, { alone });

const tower = { size: 16, patch: 4, width: 16, depth: 2, heads: 2 };
encoderContract("visionTransformer", () => visionTransformer({ ...tower, out: 12 }), images);
encoderContract(
  "visionTransformer, SigLIP's",
  () =>
    visionTransformer({ ...tower, pooling: "attention", patchBias: true, firstNorm: false, activation: "gelu-tanh" }),
  images,
);
encoderContract(
  "visionTransformer, mean and dropout",
  () => visionTransformer({ ...tower, pooling: "mean", hiddenDropout: 0.1, attentionDropout: 0.1 }),
  images,
);
const words = { vocabularySize: 40, tokens: 8, width: 16, layers: 2, heads: 2, out: 12 };
encoderContract("clipText", () => clipText(words), texts, { alone });
encoderContract("clipText, by its largest token", () => clipText({ ...words, end: "largest" }), texts, { alone });
const both = { causal: false, outBias: true, activation: "quick-gelu", hiddenDropout: 0.1 } as const;
encoderContract("clipText, SigLIP's", () => clipText({ ...words, ...both }), texts, { alone });
