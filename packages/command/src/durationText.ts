/** Seconds for people, in the two largest units: `9s`, `3m 20s`, `2h 05m`, `1d 04h`. */
export function durationText(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  if (total < 60) return `${total}s`;
  if (total < 3600) return `${Math.floor(total / 60)}m ${two(total % 60)}s`;
  if (total < 86400) return `${Math.floor(total / 3600)}h ${two(Math.floor((total % 3600) / 60))}m`;
  return `${Math.floor(total / 86400)}d ${two(Math.floor((total % 86400) / 3600))}h`;
}

const two = (value: number) => String(value).padStart(2, "0");
