/** The share of hits as a fraction. */
export function share(hits: readonly boolean[]): number {
  return hits.filter((hit) => hit).length / hits.length;
}
