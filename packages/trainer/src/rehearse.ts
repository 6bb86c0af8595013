/** What a rehearsal needs to know: a step to run and drop, the clock, and how long it may take. */
export interface RehearsalOptions {
  /** Seconds that the whole training may take, the rehearsal among them. */
  readonly budget: number;
  /** Seconds since some moment; a test gives its own. */
  readonly now?: () => number;
}

/**
 * How many steps fit into a budget: the first steps are timed and dropped, and the number is fixed once and recorded.
 *
 * From then on schedules, resume and reruns depend on steps alone, never on the clock. The first `WARM` steps are not timed (memory is
 * still growing); the timing ends after 3 % of the budget, but not before `LEAST` steps. At least one step fits into any budget.
 */
export async function rehearse(
  step: () => Promise<void>,
  { budget, now = seconds }: RehearsalOptions,
): Promise<number> {
  const begin = now();
  for (let i = 0; i < WARM; i++) await step();
  const warm = now();
  let timed = 0;
  while (timed < LEAST || now() - begin < budget * SHARE) {
    await step();
    timed++;
  }
  const end = now();
  return Math.max(1, Math.floor((budget - (end - begin)) / ((end - warm) / timed)));
}

const WARM = 3;
const LEAST = 5;
const SHARE = 0.03;
const seconds = () => performance.now() / 1000;
