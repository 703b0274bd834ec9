/** What the server says: ctrl answers, data is what somebody wrote, meta describes a topic, pres tells of what happens elsewhere. */
import type { Message } from '../tinode-core/topic.ts';
import { writeTime } from '../tinode-core/wire-time.ts';
import { type AnswerName, answers } from './answers.ts';
import type { TinodeBehaviour } from './context.ts';
import type { Description, Row } from './descriptions.ts';

export type Notice =
  | { readonly what: 'on' | 'off' | 'acs'; readonly src: string }
  | { readonly what: 'msg'; readonly src: string; readonly seq: number };

export interface Frames {
  ctrl(id: string | undefined, answer: AnswerName, about?: { topic?: string; params?: object }): string;
  /** `topic` is what the receiver calls it. */
  data(topic: string, message: Message): string;
  desc(id: string | undefined, topic: string, desc: Description): string;
  sub(id: string | undefined, topic: string, rows: readonly Row[]): string;
  pres(notice: Notice): string;
}

export function createFrames(behaviour: TinodeBehaviour, nowMs: () => number): Frames {
  function write(kind: string, members: object): string {
    const listed = behaviour.varies('extra-members') ? { ...members, ...extraMembers } : members;
    if (behaviour.varies('members-reordered')) return JSON.stringify({ [kind]: reversed(listed) }, null, 2);
    return JSON.stringify({ [kind]: listed });
  }

  const time = (ms: number): string => (behaviour.varies('times-in-local-zone') ? writeLocalTime(ms) : writeTime(ms));

  function meta(id: string | undefined, topic: string, part: object): string {
    return write('meta', { ...withId(behaviour, id), topic, ts: time(nowMs()), ...part });
  }

  return {
    ctrl(id, answer, { topic, params } = {}) {
      const { code, text } = answers[answer];
      return write('ctrl', {
        ...withId(behaviour, id),
        topic,
        params,
        code,
        text: writeText(behaviour, text),
        ts: time(nowMs()),
      });
    },
    data: (topic, { from, atMs, seq, content }) => write('data', { topic, from, ts: time(atMs), seq, content }),
    desc: (id, topic, desc) => meta(id, topic, behaviour.fires('answer-untimed') ? { ts: undefined, desc } : { desc }),
    sub(id, topic, rows) {
      if (rows.length === 0 && behaviour.varies('no-rows-left-out')) return meta(id, topic, {});
      return meta(id, topic, { sub: rows });
    },
    pres: notice => write('pres', { topic: 'me', ...notice }),
  };
}

function withId(behaviour: TinodeBehaviour, id: string | undefined): object {
  if (id === undefined) return {};
  if (id !== id.trim() && behaviour.fires('id-trimmed')) return { id: id.trim() };
  const inAscii = id.replaceAll(/[^ -~]/gu, '?');
  return { id: inAscii !== id && behaviour.fires('id-in-ascii') ? inAscii : id };
}

function writeText(behaviour: TinodeBehaviour, text: string): string {
  if (behaviour.fires('other-words')) return 'never mind';
  return behaviour.varies('texts-in-capitals') ? text.toUpperCase() : text;
}

/** As the document shows it once: seven hours ahead of UTC, with nanoseconds. */
export function writeLocalTime(ms: number): string {
  const shifted = new Date(ms + localZoneMs).toISOString();
  return shifted.replace('Z', '749621+07:00');
}

function reversed(members: object): object {
  return Object.fromEntries(Object.entries(members).reverse());
}

const localZoneMs = 7 * 3_600_000;
const extraMembers = { server: { name: 'reference', load: [0.25, null] }, 'x-note': 'not in the document' };
