/** What the server says: section 3.3 of the GradAgenda specification, written as JSON text. */
import { type JsonSource, kindOf } from '../core/json-source.ts';
import type { Id } from './actions.ts';
import type { GradagendaBehaviour } from './context.ts';
import type { Session } from './session-store.ts';

export type SessionStatus = 'created' | 'modified' | 'deleted' | 'unchanged';

export interface Frames {
  /** Always fits: what makes it too large is left out, the explanation first, then the cdid. */
  statusResponse(status: 'succeeded' | 'failed', cdid: JsonSource | undefined, why?: string): string;
  sessionInfo(session: Session, status: SessionStatus): string;
  messageBroadcast(session: Session, sender: Id, message: JsonSource, timestamp: JsonSource): string;
  /** Section 1 holds for both sides: the server sends no frame above the limit either. */
  fits(text: string): boolean;
}

type Member = readonly [name: string, source: JsonSource];

export function createFrames(behaviour: GradagendaBehaviour, frameBytes: number): Frames {
  const fits = (text: string): boolean => Buffer.byteLength(text) <= frameBytes;

  function write(members: readonly Member[]): string {
    const listed = behaviour.varies('extra-members') ? [...members, ...extraMembers] : members;
    const written = behaviour.varies('members-reordered') ? writeWithBlanks(listed) : writeObject(listed);
    return fits(written) ? written : writeObject(members);
  }

  return {
    fits,
    statusResponse(status, cdid, why) {
      // Section 3.3.1
      const head: Member[] = cdid === undefined ? [] : writeCdid(behaviour, cdid);
      const body: Member[] = [text('type', 'status-response'), text('status', status)];
      const full = write([...head, ...body, ...writeExplanation(behaviour, why)]);
      if (fits(full)) return full;
      const short = write([...head, ...body]);
      return fits(short) ? short : write(body);
    },
    sessionInfo({ id, type, participants }, status) {
      // Section 3.3.2
      const sources = participants.map(id => writeId(behaviour, id));
      const ordered = behaviour.varies('participants-reordered') ? sources.reverse() : sources;
      return write([
        text('type', 'providing-session-info'),
        text('session-id', id),
        text('session-type', type),
        text('status', status),
        ['user-id', `[${ordered.join(',')}]`],
      ]);
    },
    messageBroadcast(session, sender, message, timestamp) {
      // Section 3.3.3. The message and the timestamp are the sender's own text.
      return write([
        text('type', 'message-broadcast'),
        text('session-id', session.id),
        ['sender-id', writeId(behaviour, sender)],
        ['message', message],
        ['sender-timestamp', timestamp],
      ]);
    },
  };
}

function writeCdid(behaviour: GradagendaBehaviour, cdid: JsonSource): Member[] {
  // Counted with its quotes.
  if (cdid.length - 2 > longestKeptCdid && behaviour.fires('long-cdid-dropped')) return [];
  const trimmed = cdid.replace(/^" +| +"$/g, '"');
  return [['cdid', trimmed !== cdid && behaviour.fires('cdid-trimmed') ? trimmed : cdid]];
}

/** As the client wrote it: a number stays one. */
function writeId(behaviour: GradagendaBehaviour, { source }: Id): JsonSource {
  return kindOf(source) === 'number' && behaviour.fires('number-ids-become-text') ? JSON.stringify(source) : source;
}

function writeExplanation(behaviour: GradagendaBehaviour, why: string | undefined): Member[] {
  if (behaviour.varies('other-texts')) return [text('message', 'Nächster Zug: 次の手 ✓ "…"')];
  if (why === undefined || behaviour.varies('no-texts')) return [];
  return [text('message', why)];
}

function text(name: string, value: string): Member {
  return [name, JSON.stringify(value)];
}

function writeObject(members: readonly Member[]): string {
  return `{${members.map(([name, source]) => `${JSON.stringify(name)}:${source}`).join(',')}}`;
}

function writeWithBlanks(members: readonly Member[]): string {
  const lines = members.map(([name, source]) => `\t${JSON.stringify(name)} : ${source}`);
  return `{\r\n${lines.reverse().join(' ,\n')}\n}`;
}

const longestKeptCdid = 255;

const extraMembers: readonly Member[] = [
  ['server', '{"name":"reference","load":[0.25,null]}'],
  ['x-note', '"not in the specification"'],
];
