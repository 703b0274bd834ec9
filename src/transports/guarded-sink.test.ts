import { describe, expect, it } from 'vitest';
import type { ConnectionSink } from './connection.ts';
import { type GuardedSink, guardSink } from './guarded-sink.ts';

type Call = keyof ConnectionSink | 'renew' | 'mute';

/** What a sink hears of these calls, made at 1, 2, 3 … microseconds. */
function hear(calls: readonly Call[]): readonly string[] {
  const heard: string[] = [];
  const note = (what: string) => (atUs: number) => void heard.push(`${what} ${atUs}`);
  const target = {
    opened: note('opened'),
    refused: note('refused'),
    item: note('item'),
    closed: note('closed'),
    note: note('note'),
  };
  const sink: GuardedSink = guardSink(target);
  for (const [k, call] of calls.entries()) perform(sink, call, k + 1);
  return heard;
}

function perform(sink: GuardedSink, call: Call, atUs: number): void {
  if (call === 'renew' || call === 'mute') sink[call]();
  else if (call === 'opened') sink.opened(atUs, { address: '' });
  else if (call === 'refused') sink.refused(atUs, { code: '', detail: '' });
  else if (call === 'item') sink.item(atUs, { bytes: new Uint8Array() });
  else if (call === 'closed') sink.closed(atUs, { by: 'us' });
  else sink.note(atUs, '');
}

describe('a sink hears', () => {
  it.each<readonly [string, readonly Call[], readonly string[]]>([
    [
      'all of an orderly connection',
      ['note', 'opened', 'item', 'note', 'closed'],
      ['note 1', 'opened 2', 'item 3', 'note 4', 'closed 5'],
    ],
    ['one beginning', ['opened', 'opened', 'refused'], ['opened 1']],
    ['one refusal', ['refused', 'refused', 'opened', 'item', 'closed', 'note'], ['refused 1']],
    ['no item before the beginning', ['item', 'closed', 'opened'], ['opened 3']],
    ['one end', ['opened', 'closed', 'item', 'closed', 'note'], ['opened 1', 'closed 2']],
    [
      'a second life',
      ['opened', 'renew', 'closed', 'renew', 'opened', 'item'],
      ['opened 1', 'closed 3', 'opened 5', 'item 6'],
    ],
    ['nothing once it is muted', ['opened', 'mute', 'item', 'closed', 'renew', 'opened', 'note'], ['opened 1']],
  ])('%s', (_name, calls, heard) => {
    expect(hear(calls)).toEqual(heard);
  });

  it('instants that never run backwards', () => {
    const heard: number[] = [];
    const note = (atUs: number) => void heard.push(atUs);
    const sink = guardSink({ opened: note, refused: note, item: note, closed: note, note });
    sink.opened(5, { address: '' });
    sink.item(4, { bytes: new Uint8Array() });
    sink.closed(6, { by: 'us' });
    expect(heard).toEqual([5, 5, 6]);
  });
});
