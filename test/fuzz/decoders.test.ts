import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/foundation/json.ts';
import type { Payload } from '../../src/foundation/pack.ts';
import { loadSuite } from '../../src/suites/load-suite.ts';
import { createAnswerDecoder } from '../../src/transports/http-decoder.ts';
import { createLineDecoder } from '../../src/transports/line-decoder.ts';
import { runs } from './fuzz-runs.ts';
import { spoiled } from './spoil.ts';

/** Bytes in which the readers' own signs are not rare. */
const bytes = (signs: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...signs).map(sign => Buffer.from(sign, 'latin1')),
        fc.uint8Array({ maxLength: 20 }),
      ),
    )
    .map(all => Buffer.concat(all));

const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 6 });

function pieces(whole: Buffer, at: readonly number[]): readonly Buffer[] {
  const ends = [...new Set(at.filter(end => end < whole.length))].sort((a, b) => a - b);
  return [...ends, whole.length].map((end, k) => whole.subarray(k === 0 ? 0 : ends[k - 1], end));
}

describe('whatever bytes come, and however they are cut', () => {
  test('the line decoder gives the same lines', () => {
    const read = (parts: readonly Buffer[]) => {
      const decoder = createLineDecoder(64);
      return [...parts.flatMap(part => decoder.push(part)), decoder.end()];
    };
    fc.assert(
      fc.property(bytes(['\n', '\r\n', '\r', '{"a":1}\n', 'x'.repeat(80)]), cuts, (whole, at) => {
        expect(read(pieces(whole, at))).toEqual(read([whole]));
      }),
      runs(600),
    );
  });

  test('the HTTP decoder gives the same answers', () => {
    const signs = [
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.0 204 No\r\n',
      'HTTP/1.1 100 Continue\r\n\r\n',
      'Content-Length: 3\r\n',
      'Content-Length: 18446744073709551616\r\n',
      'Transfer-Encoding: chunked\r\n',
      '__proto__: x\r\n',
      'Connection: close\r\n',
      '\r\n',
      '\n',
      '3\r\nabc\r\n',
      'ffffffffffffffffffff\r\n',
      '0\r\n\r\n',
    ];
    const read = (parts: readonly Buffer[]) => {
      const methods = ['GET', 'HEAD', 'POST'];
      const decoder = createAnswerDecoder(32, () => methods.shift());
      return [...parts.flatMap(part => decoder.push(part)), ...decoder.end()];
    };
    fc.assert(
      fc.property(bytes(signs), cuts, (whole, at) => {
        expect(read(pieces(whole, at))).toEqual(read([whole]));
      }),
      runs(600),
    );
  });
});

describe('whatever message comes', async () => {
  const suite = await loadSuite('gradagenda');
  const pack = suite.packFor({ limits: {}, timers: {}, values: {}, profile: undefined });
  const real = [
    '{"type":"status-response","status":"failed","cdid":"c1","text":"no"}',
    '{"type":"batch-mode-action","actions":[{"type":"status-response","status":"succeeded"},{"type":"batch-mode-action","actions":[]}]}',
    '{"type":"message-broadcast","session-id":"s","sender-id":"u","sender-timestamp":1,"message":{"type":"text","body":"hello"}}',
  ];
  const text = fc.oneof(spoiled(real), fc.json(), fc.string({ unit: 'binary' }));
  const payload: fc.Arbitrary<Payload> = fc.oneof(
    text.map(each => ({ text: each, sizeBytes: Buffer.byteLength(each), opcode: 'text' as const })),
    fc.uint8Array().map(each => ({ base64: Buffer.from(each).toString('base64'), sizeBytes: each.length })),
    fc.constant({ sizeBytes: 1e9, oversize: true }),
  );

  test('the pack decodes it, or says what is wrong with it', () => {
    fc.assert(
      fc.property(payload, each => {
        const decoded = pack.decode('websocket', each);
        if (!decoded.ok) expect(decoded.violations).not.toEqual([]);
        else
          for (const frame of decoded.frames) void [pack.kindOf(frame), pack.replyIdOf(frame), pack.requestIdOf(frame)];
      }),
      runs(1_500),
    );
  });

  test('batches in batches, as deep as they can be sent, are read in time', () => {
    const deep = fc.nat({ max: 3_000 }).map(depth => {
      const open = '{"type":"batch-mode-action","actions":['.repeat(depth);
      return `${open}${'1,'.repeat(depth)}1${']}'.repeat(depth)}`;
    });
    fc.assert(
      fc.property(deep, each => void pack.decode('websocket', { text: each, sizeBytes: each.length })),
      runs(50),
    );
  });

  test('JSON of any depth is read without recursion', () => {
    const depth = fc.nat({ max: 200_000 });
    fc.assert(
      fc.property(depth, fc.constantFrom('[', '{"a":', '[{"a":'), (levels, open) => {
        expect(parseJson(open.repeat(levels)).ok).toBe(false);
      }),
      runs(50),
    );
  });
});
