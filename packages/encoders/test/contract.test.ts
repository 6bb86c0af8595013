import { convNet, mlp, resNet, simclrHead } from "@nearfar/encoders";
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
