import { convNet, mlp, projection, staticEmbedding } from "@nearfar/encoders";
import { WORDS } from "./noisyTexts.ts";

const text = staticEmbedding({ vocabularySize: WORDS, dimensions: 24 });
const textProjection = projection(24, 16);

/** The towers of golden/make_pairs.py (`towers`): of pictures, or of rows of 20 numbers in their place; and of texts. */
export const noisyTowers = {
  ofPictures: { image: convNet(), imageProjection: projection(128, 16), text, textProjection },
  ofRows: { image: mlp([20, 24]), imageProjection: projection(24, 16), text, textProjection },
} as const;
