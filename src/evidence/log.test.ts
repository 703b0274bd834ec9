import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AntiphonError } from '../foundation/errors.ts';
import type { LogEvent, RunHeader } from './events.ts';
import { createMemoryFile, logFileOf } from './log-file.ts';
import { type LogEnd, readLog, readLogText } from './log-reader.ts';
import { createLogWriter, writeLogTo } from './log-writer.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'antiphon-log-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const header: RunHeader = {
  event: 'run',
  format: 1,
  tool: 'antiphon 0.1.0',
  name: 'sample',
  startedAt: '2026-11-30T17:48:59.000Z',
  epochMs: 1796060939000,
  seed: 'seed-1',
  patienceUs: 5e6,
  clockResolutionUs: 1,
  suites: [],
  target: {
    title: 'a server',
    kind: 'url',
    endpoints: {},
    values: {},
    limits: {},
    timers: {},
    capabilities: {},
    sources: [],
    accountMode: 'register',
  },
  options: {},
};
const item: LogEvent = { event: 'item', x: 1, c: 'bob', t: 1200, text: '{"n":1}' };
const finish: LogEvent = { event: 'finish', x: 1, t: 1300 };
const headerLine = JSON.stringify(header);

function logText(events: readonly LogEvent[]): string {
  const file = createMemoryFile();
  const writer = writeLogTo(file, header);
  for (const event of events) writer.write(event);
  writer.end(2000, 'completed');
  return file.text();
}

describe('writing', () => {
  test('puts a header before the events and a footer that counts them behind', () => {
    const writer = createLogWriter(directory, header);
    writer.write(item);
    writer.write(finish);
    writer.end(2000, 'completed');
    expect(readFileSync(join(directory, 'events.jsonl'), 'utf8')).toBe(
      `${headerLine}
{"event":"item","x":1,"c":"bob","t":1200,"text":"{\\"n\\":1}"}
{"event":"finish","x":1,"t":1300}
{"event":"end","t":2000,"reason":"completed","events":2}
`,
    );
  });

  test('brings the events of a turn to the file by the next immediate, without being asked', async () => {
    const writer = createLogWriter(directory, header);
    writer.write(item);
    const path = join(directory, 'events.jsonl');
    expect(readFileSync(path, 'utf8')).toBe(`${headerLine}\n`);
    await new Promise(resolve => setImmediate(resolve));
    expect(readFileSync(path, 'utf8')).toBe(`${headerLine}\n${JSON.stringify(item)}\n`);
    writer.close();
  });

  test('keeps an integer of any size, and a number apart from it', () => {
    const event: LogEvent = { event: 'fetched', x: 1, t: 1, source: 'otp', value: [12345678901234567890n, 1e20, 1.5] };
    expect(logText([event]).split('\n')[1]).toBe(
      '{"event":"fetched","x":1,"t":1,"source":"otp","value":[12345678901234567890,1e+20,1.5]}',
    );
  });

  test('leaves out a member that is undefined, beside a bigint too', () => {
    const event: LogEvent = { event: 'fetched', x: 1, t: 1, source: 'otp', value: 2n ** 70n, failed: undefined };
    expect(logText([event]).split('\n')[1]).toBe(
      '{"event":"fetched","x":1,"t":1,"source":"otp","value":1180591620717411303424}',
    );
  });

  test('refuses to overwrite a log', () => {
    createLogWriter(directory, header).close();
    const path = join(directory, 'events.jsonl');
    expect(errorOf(() => createLogWriter(directory, header))).toEqual({
      faultOf: 'usage',
      code: 'log-not-writable',
      message: `The event log ${path} could not be created: EEXIST: file already exists, open '${path}'. Choose a new folder that can be written.`,
    });
  });

  test('names path and cause when the disk is full, at the next call and at every later one', async () => {
    const file = createMemoryFile();
    const full = logFileOf(openSync('/dev/full', 'w'), 'reports/x/events.jsonl');
    let disk = file.append;
    const writer = writeLogTo({ ...full, append: text => disk(text) }, header);
    disk = full.append;
    writer.write(item);
    await new Promise(resolve => setImmediate(resolve));
    const expected = {
      faultOf: 'usage',
      code: 'log-not-writable',
      message:
        'The event log reports/x/events.jsonl could not be written: ENOSPC: no space left on device, write. What came before is kept; free the disk or choose another folder.',
    };
    expect(errorOf(() => writer.write(item))).toEqual(expected);
    expect(errorOf(() => writer.flush())).toEqual(expected);
    expect(errorOf(() => writer.end(1, 'completed'))).toEqual(expected);
    // Closed by its end.
    writer.close();
  });

  test('tells of a folder that is not there before anything runs', () => {
    expect(errorOf(() => createLogWriter(join(directory, 'none'), header)).code).toBe('log-not-writable');
  });
});

describe('reading', () => {
  test('takes a run directory or the file, and starts again with every iteration', () => {
    const path = join(directory, 'events.jsonl');
    writeFileSync(path, logText([item, finish]));
    for (const named of [directory, path]) {
      const reading = readLog(named);
      expect(reading.header).toEqual(header);
      expect([...reading.events]).toEqual([item, finish]);
      expect([...reading.events]).toEqual([item, finish]);
      expect(reading.end()).toEqual({ footer: { event: 'end', t: 2000, reason: 'completed', events: 2 } });
    }
  });

  test('tells the end without having been iterated', () => {
    expect(readLogText(logText([item])).end().footer?.events).toBe(1);
  });

  test('reads a line that spans several chunks of the file', () => {
    const long: LogEvent = { ...item, text: 'é'.repeat(400_000) };
    writeFileSync(join(directory, 'events.jsonl'), logText([item, long, finish]));
    expect([...readLog(directory).events]).toEqual([item, long, finish]);
  });

  const whole = `${headerLine}\n${JSON.stringify(item)}\n`;
  test.each<[string, string, LogEnd]>([
    [
      'no footer',
      whole,
      {
        cut: 'the event log ends without a footer after line 2: the run was killed, or is still going on',
      },
    ],
    [
      'half a line',
      `${whole}{"event":"fin`,
      {
        cut: 'the event log ends without a footer after line 2, and 13 bytes of a line that was being written are left out: the run was killed, or is still going on',
      },
    ],
    [
      'a whole line without its newline',
      whole.trimEnd(),
      { cut: 'the event log ends without a footer after line 2: the run was killed, or is still going on' },
    ],
  ])('reads what is there of a log that was cut short: %s', (_, text, end) => {
    const reading = readLogText(text);
    expect([...reading.events]).toEqual([item]);
    expect(reading.end()).toEqual(end);
  });

  const advice = 'Take the log as the run wrote it; a verdict from a changed log is worth nothing.';
  test.each<[string, string, string, string]>([
    [
      'nothing',
      '',
      'log-empty',
      'log: the event log has no whole line, so the run was killed before it began. Run it again.',
    ],
    [
      'half a header',
      headerLine.slice(0, 40),
      'log-empty',
      'log: the event log has no whole line, so the run was killed before it began. Run it again.',
    ],
    [
      'no header',
      `${JSON.stringify(item)}\n`,
      'log-line-broken',
      'log:1: an event log begins with the header of its run, not with `item`. Name a run directory or the events.jsonl in it.',
    ],
    [
      'another format',
      `{"event":"run","format":2,"tool":"antiphon 3.0.0"}\n`,
      'log-format-unknown',
      'log:1: the event log has format 2, written by antiphon 3.0.0; this version reads format 1. Read it with the version that wrote it.',
    ],
    [
      'a broken line',
      `${whole}{"event":\n${JSON.stringify(finish)}\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (expected a value, the end came). ${advice}`,
    ],
    [
      'an empty line',
      `${whole}\n${JSON.stringify(finish)}\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (expected a value, the end came). ${advice}`,
    ],
    [
      'a broken line with many digits',
      `${whole}[1234567890123456789\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (expected "," or "]", the end came). ${advice}`,
    ],
    [
      'no object',
      `${whole}[]\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (a JSON object was expected). ${advice}`,
    ],
    [
      'an unknown event',
      `${whole}{"event":"toString"}\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (no event of this name is known: "toString"). ${advice}`,
    ],
    [
      'no event',
      `${whole}{}\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (no event of this name is known: none). ${advice}`,
    ],
    [
      'a missing member',
      `${whole}{"event":"item","x":1,"t":2}\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (\`item\` needs a member \`c\` of type string, not undefined). ${advice}`,
    ],
    [
      'a member that is there and no text',
      `${whole}{"event":"item","x":1,"c":"bob","t":2,"text":5}\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (\`item\` may have a member \`text\` of type string, not number). ${advice}`,
    ],
    [
      'a member of a member',
      `${whole}{"event":"item","x":1,"c":"bob","t":2,"http":{"status":200,"headers":{"via":["a"]}}}\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (\`item\` needs a member \`http.headers.via\` of type string, not list). ${advice}`,
    ],
    [
      'a word that is none of those that are known',
      `${whole}{"event":"due","x":1,"t":2,"timer":"tea"}\n`,
      'log-line-broken',
      `log:3: this line of the event log is broken (\`due\` needs a member \`timer\` that is "patience", "until", "pace" or "timeout", not "tea"). ${advice}`,
    ],
    [
      'a header whose suites are none',
      `${JSON.stringify({ ...header, suites: [{ pack: 'p', digest: '', location: '', files: {} }, null] })}\n`,
      'log-line-broken',
      `log:1: this line of the event log is broken (\`run\` needs a member \`suites[1]\` of type object, not null). ${advice}`,
    ],
    [
      'a header with a suite that has no name',
      `${JSON.stringify({ ...header, suites: [{}] })}\n`,
      'log-line-broken',
      `log:1: this line of the event log is broken (\`run\` needs a member \`suites[0].pack\` of type string, not undefined). ${advice}`,
    ],
    [
      'a second header',
      `${whole}${headerLine}\n`,
      'log-line-broken',
      'log:3: a second header. Two logs were joined; judge each alone.',
    ],
    [
      'a lost line',
      `${headerLine}\n{"event":"end","t":1,"reason":"completed","events":4}\n`,
      'log-incomplete',
      'log: the footer counts 4 events and the log has 0: lines were lost or added. Take the log as the run wrote it.',
    ],
    [
      'more behind the footer',
      `${logText([item])}${JSON.stringify(finish)}\n`,
      'log-line-broken',
      'log:4: the footer ended the event log one line before, and more follows. Take the log as the run wrote it.',
    ],
  ])('says what is wrong with a log: %s', (_, text, code, message) => {
    expect(errorOf(() => readLogText(text).end())).toEqual({ faultOf: 'usage', code, message });
  });

  test('says that a line is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(whole), Buffer.from([0x22, 0xff, 0x22, 0x0a])]);
    expect(errorOf(() => readLogText(bytes).end()).message).toBe(
      'log:3: this line of the event log is broken (it is not UTF-8). Take the log as the run wrote it; a verdict from a changed log is worth nothing.',
    );
  });

  test('says that there is no log', () => {
    const path = join(directory, 'events.jsonl');
    expect(errorOf(() => readLog(directory))).toEqual({
      faultOf: 'usage',
      code: 'log-not-readable',
      message: `A run directory with an events.jsonl, or such a file, was expected; ${path} could not be read: ENOENT: no such file or directory, open '${path}'.`,
    });
  });

  test('says that there is no log below a file', () => {
    const path = join(directory, 'events.jsonl');
    writeFileSync(path, logText([item]));
    expect(errorOf(() => readLog(join(path, 'below')))).toMatchObject({ faultOf: 'usage', code: 'log-not-readable' });
  });

  test('reads 100,000 frames in well under two seconds', () => {
    const path = join(directory, 'events.jsonl');
    const lines = Array.from({ length: 100_000 }, (_, k) =>
      JSON.stringify({ ...item, t: k, text: `{"n":${k},"pad":"${'x'.repeat(200)}"}` }),
    );
    const descriptor = openSync(path, 'wx');
    writeFileSync(descriptor, `${headerLine}\n${lines.join('\n')}\n`);
    closeSync(descriptor);
    const before = process.cpuUsage();
    let count = 0;
    for (const event of readLog(path).events) count += event.event === 'item' ? 1 : 0;
    expect(count).toBe(100_000);
    // Of this process, so that a busy machine does not matter.
    expect(process.cpuUsage(before).user / 1e3).toBeLessThan(2000);
  });
});

const text = fc.string({ unit: 'binary' });
const value = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noDefaultInfinity: true, noNaN: true }).filter(number => !Object.is(number, -0)),
    fc.bigInt({ min: 2n ** 53n }),
    text,
    fc.array(tie('value')),
    fc.dictionary(text, tie('value'), { noNullPrototype: true }),
  ),
})).value as fc.Arbitrary<never>;
const logEvent: fc.Arbitrary<LogEvent> = fc.oneof(
  fc.record({ event: fc.constant('item' as const), x: fc.nat(), c: text, t: fc.nat(), text }),
  fc.record({ event: fc.constant('note' as const), t: fc.nat(), text }),
  fc.record({ event: fc.constant('fetched' as const), x: fc.nat(), t: fc.nat(), source: text, value }),
);

describe('whatever happens', () => {
  test('what was written is what is read', () => {
    fc.assert(
      fc.property(fc.array(logEvent), events => {
        const reading = readLogText(logText(events));
        expect([...reading.events]).toEqual(events);
        expect(reading.end().footer?.events).toBe(events.length);
      }),
    );
  });

  test('a log that was cut at any byte gives its whole lines', () => {
    fc.assert(
      fc.property(fc.array(logEvent, { maxLength: 6 }), fc.nat(), (events, at) => {
        const bytes = Buffer.from(logText(events));
        const headerBytes = Buffer.byteLength(headerLine);
        const size = headerBytes + (at % (bytes.length - headerBytes + 1));
        const left = bytes.subarray(0, size);
        // A line is whole with its last brace: the newline behind it tells nothing.
        const wholeLines = bytes.filter((byte, k) => byte === 0x0a && k <= size).length;
        const reading = readLogText(left);
        expect([...reading.events]).toEqual(events.slice(0, wholeLines - 1));
        expect('footer' in reading.end()).toBe(wholeLines === events.length + 2);
      }),
    );
  });
});

function errorOf(work: () => unknown): { faultOf: string; code: string; message: string } {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AntiphonError) return { faultOf: thrown.faultOf, code: thrown.code, message: thrown.message };
    throw thrown;
  }
  throw new Error('No error was thrown.');
}
