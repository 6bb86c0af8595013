/** Whether a leaf is the matrix of a linear map, which Hugging Face stores as `[out, in]`; the other leaves of two axes are tables. */
export function isLinear(path: string, shape: readonly number[]): boolean {
  return shape.length === 2 && !/(^|\.)embeddings\.|relative_attention_bias\.weight$/.test(path);
}
