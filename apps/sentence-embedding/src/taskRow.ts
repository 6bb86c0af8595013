import { UserError } from "@nearfar/formats";

/** A row of a task's table, whose cells are asked for by what they are to the task; one that is not of its kind is a `UserError`. */
export interface TaskRow {
  /** `file:line`, for errors. */
  readonly at: string;
  /** A text that is not blank. */
  text(role: string): string;
  /** Any text, a missing one as "". */
  anyText(role: string): string;
  /** A finite number. */
  number(role: string): number;
}

/** A row of these cells. */
export function taskRow(at: string, cells: ReadonlyMap<string, unknown>): TaskRow {
  const fail = (role: string, what: string) => {
    const value = cells.get(role);
    const shown = typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
    return new UserError(`${at}: ${role} is ${what}; got ${shown}.`);
  };
  const anyText = (role: string): string => {
    const value = cells.get(role);
    if (typeof value === "object" && value !== null) throw fail(role, "a text");
    return String(value ?? "");
  };
  return {
    at,
    anyText,
    text(role) {
      const text = anyText(role);
      if (text.trim() === "") throw fail(role, "a text that is not blank");
      return text;
    },
    number(role) {
      const text = anyText(role);
      const number = text.trim() === "" ? NaN : Number(text);
      if (!Number.isFinite(number)) throw fail(role, "a number");
      return number;
    },
  };
}
