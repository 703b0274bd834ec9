import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Peer, reactingOn } from './peer.ts';
import type { Message } from './reaction.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const message = (text: string): Message => ({ bytes: Buffer.from(text) });

/** Keeps what is said; `take` is what the system does when it has taken a write. */
function listen() {
  const said: string[] = [];
  let taken = () => {};
  const peer: Peer = {
    say(messages, then) {
      said.push(...messages.map(({ bytes }) => String(bytes)));
      taken = then;
    },
    sayByte({ bytes }, at) {
      said.push(String(bytes.subarray(at, at + 1)));
      return at + 1 < bytes.length;
    },
    close: () => void said.push('closed'),
  };
  return { said, reacting: reactingOn(peer), take: () => taken() };
}

describe('what trickles', () => {
  it('takes at least twelve seconds, however short', () => {
    const { said, reacting } = listen();
    reacting.react([{ kind: 'trickle', message: message('abc') }]);
    vi.advanceTimersByTime(8_000);
    expect(said).toEqual(['a', 'b']);
    vi.advanceTimersByTime(4_000);
    expect(said).toEqual(['a', 'b', 'c']);
  });

  it('comes one after another', () => {
    const { said, reacting } = listen();
    reacting.react([
      { kind: 'trickle', message: message('ab') },
      { kind: 'trickle', message: message('cd') },
    ]);
    vi.advanceTimersByTime(24_000);
    expect(said.join('')).toBe('abcd');
  });

  it('does not pile up', () => {
    const { said, reacting } = listen();
    for (let k = 0; k < 200; k++) reacting.react([{ kind: 'trickle', message: message('x') }]);
    vi.advanceTimersByTime(200 * 12_000);
    expect(said).toHaveLength(101);
  });

  it('ends with the connection', () => {
    const { said, reacting } = listen();
    reacting.react([{ kind: 'trickle', message: message('ab') }]);
    reacting.end();
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
  });
});

describe('a flood', () => {
  it('goes on as its peer takes it', () => {
    const { said, reacting, take } = listen();
    reacting.react([{ kind: 'flood', messages: [message('x'.repeat(40_000))] }]);
    expect(said).toHaveLength(1);
    vi.runAllTimers();
    expect(said).toHaveLength(1);
    take();
    vi.runAllTimers();
    expect(said).toHaveLength(2);
  });

  it('is of small messages many at once, and turns to what was heard last', () => {
    const { said, reacting, take } = listen();
    reacting.react([{ kind: 'flood', messages: [message('x'.repeat(64))] }]);
    reacting.react([{ kind: 'flood', messages: [message('y'.repeat(1_024)), message('z')] }]);
    expect(said).toHaveLength(256);
    take();
    vi.runAllTimers();
    expect(said.slice(256).map(each => each[0])).toEqual(Array.from({ length: 15 }, () => ['y', 'z']).flat());
  });

  it('ends with the connection', () => {
    const { said, reacting, take } = listen();
    reacting.react([{ kind: 'flood', messages: [message('x'.repeat(40_000))] }]);
    take();
    reacting.end();
    vi.runAllTimers();
    expect(said).toHaveLength(1);
  });
});
