/** The module in which a pool finds its tasks, by their names. */
export const tasks = new URL("./pairTasks.ts", import.meta.url);
