import type { TransformerNames } from "./transformerFamilies.ts";

type Shapes = [path: string, shape: readonly number[]][];

/** The leaves of a stack of layers by their paths: matrices `[in, out]`. */
export function layerShapes(
  names: TransformerNames,
  { layers, width, inner }: { layers: number; width: number; inner: number },
): Shapes {
  return Array.from({ length: layers }, (_, i): Shapes => {
    const layer = `${names.layers}.${i}`;
    const linear = (name: string, from: number, to: number): Shapes => [
      [`${layer}.${name}.weight`, [from, to]],
      [`${layer}.${name}.bias`, [to]],
    ];
    const norm = (name: string): Shapes => [
      [`${layer}.${name}.weight`, [width]],
      [`${layer}.${name}.bias`, [width]],
    ];
    return [
      ...[names.query, names.key, names.value, names.out].flatMap((name) => linear(name, width, width)),
      ...norm(names.attentionNorm),
      ...linear(names.up, width, inner),
      ...linear(names.down, inner, width),
      ...norm(names.innerNorm),
    ];
  }).flat();
}
