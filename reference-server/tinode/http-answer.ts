import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type AnswerName, answers } from './answers.ts';
import { writeCtrl } from './frames.ts';

interface Answer {
  readonly headers?: OutgoingHttpHeaders;
  readonly id?: string | undefined;
  readonly params?: object;
  /** That of the answer if not given. */
  readonly status?: number;
}

/** An answer to an HTTP request looks like one to a frame; its code is also the status. */
export function sendCtrl(response: ServerResponse, name: AnswerName, { headers, id, params, status }: Answer): void {
  const text = writeCtrl(name, { id: id || undefined, params, atMs: Date.now() });
  const json = { 'content-type': 'application/json; charset=utf-8', ...headers };
  response.writeHead(status ?? answers[name].code, json).end(`${text}\n`);
}
