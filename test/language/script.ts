/**
 * Lines of a script, each one event of the log; frames are written in YAML's flow style.
 *
 *     alice < { t: said, text: hi }     a frame arrives
 *     alice <text {broken               text arrives as it stands
 *     alice <bytes AAEC                 bytes arrive, base64
 *     web <http 404 { t: no }           an HTTP answer arrives; its headers may follow the status: `404 etag=x`
 *     alice pong                        its last barrier is answered
 *     alice closed 1000 | refused 401 | opened | opened chat
 *     alice > written | > failed        the oldest write that waits (`byHand`)
 *     due alice patience | fetched 123 | fetched failed | restarted | stalled 300 ms
 *
 * A line may begin with its instant: `@2500 alice < …` is 2500 ms. Without one it comes a millisecond after the line before.
 */
import { parse } from 'yaml';
import type { LogEvent } from '../../src/evidence/events.ts';
import { parseDurationUs } from '../../src/foundation/duration.ts';
import type { Target } from './virtual-target.ts';

export interface Line {
  readonly atMs: number | undefined;
  events(target: Target, t: number): readonly LogEvent[];
}

export function readLine(line: string): Line {
  const [, at, rest] = /^(?:@([\d.]+) +)?(.*)$/s.exec(line.trim())!;
  return { atMs: at === undefined ? undefined : Number(at), events: (target, t) => eventsOf(rest!, target, t) };
}

function eventsOf(text: string, target: Target, t: number): readonly LogEvent[] {
  const [first = '', second = '', ...others] = text.split(' ');
  const argument = others.join(' ');
  switch (first) {
    case 'due':
      return [
        {
          event: 'due',
          x: 0,
          t,
          ...(second === 'timeout' ? {} : { c: second }),
          timer: (second === 'timeout' ? second : argument) as 'patience',
        },
      ];
    case 'fetched':
      return [
        {
          event: 'fetched',
          x: 0,
          t,
          source: 'otp',
          ...(second === 'failed' ? { failed: 'no mail' } : { value: parse(second) }),
        },
      ];
    case 'restarted':
      return [{ event: 'restarted', x: 0, t, ...(second === 'failed' ? { failed: 'no answer' } : {}) }];
    case 'stalled':
      return [{ event: 'stalled', t, lagUs: parseDurationUs(`${second} ${argument}`)! }];
    default:
      return ofClient(first, second, argument, target, t);
  }
}

function ofClient(c: string, what: string, argument: string, target: Target, t: number): readonly LogEvent[] {
  const base = { x: 0, c, t };
  switch (what) {
    case '<':
      return [{ event: 'item', ...base, text: JSON.stringify(parse(argument)) }];
    case '<text':
      return [{ event: 'item', ...base, text: argument }];
    case '<bytes':
      return [{ event: 'item', ...base, base64: argument, bytes: Buffer.from(argument, 'base64').length }];
    case '<http':
      return [httpAnswer(base, argument)];
    case 'pong':
      return [target.pong(c, t)];
    case 'closed':
      return [{ event: 'closed', ...base, by: 'target', ...(argument === '' ? {} : { code: Number(argument) }) }];
    case 'refused':
      return [
        {
          event: 'refused',
          ...base,
          code: 'ECONNREFUSED',
          detail: 'nobody listens',
          ...(argument === '' ? {} : { status: Number(argument) }),
        },
      ];
    case 'opened':
      return [{ event: 'opened', ...base, address: 'toy', ...(argument === '' ? {} : { subprotocol: argument }) }];
    case '>':
      return target.written(c, t, argument === 'failed');
    default:
      throw new Error(`no such line: ${c} ${what} ${argument}`);
  }
}

function httpAnswer(base: { x: number; c: string; t: number }, argument: string): LogEvent {
  const [, status, headerText, body] = /^(\d+)((?: [\w-]+=\S*)*) ?(.*)$/s.exec(argument)!;
  const headers = Object.fromEntries(
    headerText!
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(each => each.split('=') as [string, string]),
  );
  const text = /^[{[]/.test(body!) ? JSON.stringify(parse(body!)) : body!;
  return { event: 'item', ...base, text, http: { status: Number(status), headers } };
}
