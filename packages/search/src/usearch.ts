/** What a store needs of usearch. */
export interface Usearch {
  readonly Index: new (options: {
    dimensions: number;
    metric: "cos";
    quantization: "bf16";
    connectivity: number;
    expansion_add: number;
    expansion_search: number;
    multi: false;
  }) => UsearchGraph;
}

export interface UsearchGraph {
  add(keys: BigUint64Array, vectors: Float32Array, threads: number): void;
  remove(keys: BigUint64Array): unknown;
  search(vector: Float32Array, k: number, threads: number): { keys: BigUint64Array };
  save(path: string): void;
  load(path: string): void;
  view(path: string): void;
}
