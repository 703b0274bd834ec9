/** What the server says: ctrl answers, data is what somebody wrote, meta describes a topic, pres and info tell of what happens. */
import { writeTime } from '../tinode-core/wire-time.ts';
import { type AnswerName, answers } from './answers.ts';
import type { Message } from './topic.ts';

export interface Ctrl {
  readonly id?: string | undefined;
  readonly topic?: string | undefined;
  readonly params?: object | null | undefined;
  readonly atMs: number;
}

export interface Pres {
  readonly topic: string;
  readonly src?: string | undefined;
  readonly what: string;
  readonly ua?: string | undefined;
  readonly seq?: number | undefined;
  readonly clear?: number | undefined;
  readonly delseq?: readonly object[] | undefined;
  readonly tgt?: string | undefined;
  readonly act?: string | undefined;
  readonly dacs?: object | undefined;
}

export interface Info {
  readonly topic: string;
  readonly src?: string | undefined;
  readonly from?: string | undefined;
  readonly what: string;
  readonly seq?: number | undefined;
  readonly event?: string | undefined;
  readonly payload?: unknown;
}

export function writeCtrl(answer: AnswerName, { id, topic, params, atMs }: Ctrl): string {
  const { code, text } = answers[answer];
  return JSON.stringify({ ctrl: { id, topic, params, code, text, ts: writeTime(atMs) } });
}

/** `topic` is what the receiver calls it; readers of a channel are not told who wrote. */
export function writeData(topic: string, { seq, from, atMs, head, content }: Message, isReader = false): string {
  const author = isReader ? undefined : from;
  return JSON.stringify({ data: { topic, from: author, ts: writeTime(atMs), seq, head, content: content ?? null } });
}

export function writeMeta(topic: string, id: string | undefined, part: object, atMs: number): string {
  return JSON.stringify({ meta: { id, topic, ts: writeTime(atMs), ...part } });
}

export function writePres(pres: Pres): string {
  return JSON.stringify({ pres });
}

export function writeInfo(info: Info): string {
  return JSON.stringify({ info });
}
