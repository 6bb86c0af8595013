/** One that takes turns: a program that stays up, and is asked for the milliseconds of a piece of work. */
export type Turn = () => Promise<{ readonly ms: number }>;

/**
 * The milliseconds of each side, `rounds` of them. All sides have their turn in every round, so that a slow minute hits all of them;
 * every second round goes through them in the opposite order, so that none is always the first.
 */
export async function takeTurns<Name extends string>(
  sides: Readonly<Record<Name, Turn>>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 ? names : names.toReversed()) {
      const { ms } = await sides[name]();
      times[name].push(Number(ms.toFixed(2)));
    }
  return times;
}
