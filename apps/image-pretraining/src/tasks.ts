/** The module in which a pool finds its tasks, by their names. */
export const tasks = new URL("./pictureTasks.ts", import.meta.url);
