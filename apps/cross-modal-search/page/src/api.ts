export interface About {
  readonly name: string;
  readonly model: string;
  readonly pictures: number;
  readonly version: string;
  readonly suggestions: readonly string[];
  readonly limits: { readonly text: number; readonly body: number };
}

export interface Picture {
  readonly id: number;
  readonly path: string;
  readonly captions: readonly string[];
  readonly score?: number;
}

export interface Page {
  readonly from: number;
  readonly total: number;
  readonly results: readonly Picture[];
}

/** What is searched by: nothing (all pictures in order), a text, a picture of the gallery, or one of the user's own. */
export type Query =
  | { readonly kind: "all" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "like"; readonly id: number }
  | { readonly kind: "picture"; readonly file: Blob; readonly preview: string };

/** Asks the server; an Error with its own words where it refuses. */
export async function ask<Body>(path: string, init: RequestInit = {}): Promise<Body> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Is it still running?");
  });
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok)
    throw new Error((body as { error?: string }).error ?? `The server answered with status ${response.status}.`);
  return body as Body;
}

/** One page of what is near the query. */
export function find(query: Query, from: number, k: number, signal: AbortSignal): Promise<Page> {
  const range = `k=${k}&from=${from}`;
  if (query.kind === "all") return ask(`/api/pictures?${range}`, { signal });
  if (query.kind === "text") return ask(`/api/search?q=${encodeURIComponent(query.text)}&${range}`, { signal });
  if (query.kind === "like") return ask(`/api/similar/${query.id}?${range}`, { signal });
  const headers = { "Content-Type": query.file.type || "application/octet-stream" };
  return ask(`/api/search?${range}`, { method: "POST", body: query.file, headers, signal });
}

/** What a picture is called: its first caption, or its file without folder and ending. */
export const titleOf = ({ captions, path }: Picture): string =>
  captions[0] ?? path.slice(path.lastIndexOf("/") + 1).replace(/\.[a-z]+$/i, "");
