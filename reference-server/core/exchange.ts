/** What a client says in the head of an HTTP request, also of the one that opens a WebSocket. */
export interface Opening {
  /** Without the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}
