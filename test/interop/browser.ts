/** As much of a browser as a client library for browsers needs: requests, and a link that is clicked to save a file. */

type Handler = ((event: object) => void) | undefined;

/** XMLHttpRequest over fetch: no redirects to follow by hand, no synchronous requests. */
export class BrowserRequest {
  readyState = 0;
  status = 0;
  statusText = '';
  responseText = '';
  response: unknown;
  responseType: '' | 'blob' = '';
  onreadystatechange: Handler;
  onload: Handler;
  onerror: Handler;
  onabort: Handler;
  onprogress: Handler;
  readonly upload: { onprogress: Handler } = { onprogress: undefined };
  readonly #headers = new Headers();
  readonly #ending = new AbortController();
  #method = 'GET';
  #url = '';

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = new URL(url, pageUrl).href;
    this.#become(1);
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  send(body?: string | FormData | null): void {
    void this.#exchange(body ?? undefined);
  }

  abort(): void {
    this.#ending.abort();
    this.onabort?.({});
  }

  async #exchange(body: string | FormData | undefined): Promise<void> {
    try {
      const response = await fetch(this.#url, {
        method: this.#method,
        headers: this.#headers,
        signal: this.#ending.signal,
        ...(body !== undefined && { body }),
      });
      const blob = await response.blob();
      this.status = response.status;
      this.statusText = response.statusText;
      this.responseText = this.responseType === '' ? await blob.text() : '';
      this.response = this.responseType === 'blob' ? blob : this.responseText;
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      this.#become(4);
      this.onerror?.(error as Error);
      return;
    }
    this.#become(4);
    this.onload?.({});
  }

  #become(state: number): void {
    this.readyState = state;
    this.onreadystatechange?.({});
  }
}

/** An IndexedDB that keeps nothing. */
export const noDatabase = {
  deleteDatabase() {
    const request: { onsuccess?: (event: object) => void } = {};
    queueMicrotask(() => request.onsuccess?.({}));
    return request;
  },
};

let pageUrl = 'http://localhost';
let saving: (blob: Blob) => void = () => {};

/** Opens a page of that origin, on which files can be saved. Returns how to leave it, and the file that is saved next. */
export function openPage(origin: string) {
  pageUrl = origin;
  const blobs = new Map<string, Blob>();
  const page = {
    window: {
      location: { origin },
      URL: {
        createObjectURL(blob: Blob): string {
          const url = `blob:${blobs.size}`;
          blobs.set(url, blob);
          return url;
        },
        revokeObjectURL: (url: string) => blobs.delete(url),
      },
    },
    document: {
      createElement: () => {
        const link = { href: '', style: {}, setAttribute() {}, click: () => saving(blobs.get(link.href)!) };
        return link;
      },
      body: { appendChild() {}, removeChild() {} },
    },
  };
  Object.assign(globalThis, page);
  return {
    saved: () =>
      new Promise<Blob>(resolve => {
        saving = resolve;
      }),
    leave() {
      for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name);
    },
  };
}
