export interface OnInterruptOptions {
  /** Ends the process. */
  exit?: (code: number) => void;
  /** Milliseconds of a clock that only rises. */
  now?: () => number;
}

const samePress = 1000; // ms

/**
 * Calls `handler` once, at the first SIGINT or SIGTERM; the returned function takes the handling away again.
 *
 * The handler asks the work to save and stop; the program then throws `Interrupted`. Signals within a second of the first
 * are the same press (a launcher and the terminal may both send it); a later one ends the process at once, with 130.
 */
export function onInterrupt(
  handler: () => void,
  { exit = process.exit, now = () => performance.now() }: OnInterruptOptions = {},
): () => void {
  let first: number | undefined;
  const listener = (): void => {
    if (first === undefined) {
      first = now();
      handler();
    } else if (now() - first >= samePress) exit(130);
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

const signals = ["SIGINT", "SIGTERM"] as const;
