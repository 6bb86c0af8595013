/** The same function, whose calls wait for those before: blocks hold the lists of one search at a time. */
export function oneAtATime<Arguments extends unknown[], Result>(
  task: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const result = last.then(() => task(...given));
    last = result.catch(() => {});
    return result;
  };
}
