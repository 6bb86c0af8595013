/** An answer of the server that is no result: its status, and a message that says what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ApiStatus;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: ApiStatus, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** 499, as nginx has it: the client has gone, and nobody reads the answer. */
export type ApiStatus = 400 | 404 | 405 | 413 | 414 | 415 | 421 | 422 | 429 | 499 | 503;
