export interface LeastRecentlyUsed<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** A cache whose values together weigh at most `most`: what was not asked for the longest goes first. A value above that is not kept. */
export function leastRecentlyUsed<Value>(most: number, weigh: (value: Value) => number): LeastRecentlyUsed<Value> {
  const values = new Map<string, Value>(); // in the order of their last use
  let weight = 0;
  const remove = (key: string): void => {
    const value = values.get(key);
    if (value === undefined) return;
    values.delete(key);
    weight -= weigh(value);
  };
  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key, value) {
      remove(key);
      if (weigh(value) > most) return;
      values.set(key, value);
      weight += weigh(value);
      for (const oldest of values.keys()) {
        if (weight <= most) return;
        remove(oldest);
      }
    },
  };
}
