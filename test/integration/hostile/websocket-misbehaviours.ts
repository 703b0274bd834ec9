import { frame, type Peer } from './raw-peers.ts';

/** What one server does wrong, once or for ever; everything else it does right. */
export type Misbehaviour = (peer: Peer) => void;

/** Answers as the small protocol asks; `instead` replaces the answer to `ask`. */
function converse(peer: Peer, instead?: (id: string) => void): void {
  peer.heard = text => {
    if (text === undefined) {
      if (peer.socket.writable) peer.socket.end(frame(0x8, Uint8Array.of(0x03, 0xe8)));
      return;
    }
    const { type, id } = JSON.parse(text) as { readonly type: string; readonly id: string };
    if (type === 'ping') peer.send({ type: 'pong', id });
    else if (instead) instead(id);
    else peer.send({ type: 'answer', id });
  };
}

/** Accepts the handshake and answers everything but `ask`, which `instead` does. */
function answering(instead: (peer: Peer, id: string) => void): Misbehaviour {
  return peer => {
    peer.socket.write(peer.acceptance);
    converse(peer, id => instead(peer, id));
  };
}

/** Something wrong before the right answer. */
function before(wrong: string | Uint8Array | readonly Uint8Array[]): Misbehaviour {
  return answering((peer, id) => {
    if (typeof wrong === 'string') peer.send(wrong);
    else peer.socket.write(Array.isArray(wrong) ? Buffer.concat(wrong) : (wrong as Uint8Array));
    peer.send({ type: 'answer', id });
  });
}

/** One byte after another, each in a turn of its own. */
function drip(peer: Peer, bytes: Uint8Array, then: () => void, at = 0): void {
  if (at === bytes.length) return then();
  peer.socket.write(bytes.subarray(at, at + 1));
  setImmediate(() => drip(peer, bytes, then, at + 1));
}

const answerText = (id: string, more: object = {}) => JSON.stringify({ type: 'answer', id, ...more });
const megabytes = (n: number) => 'x'.repeat(n * 1_048_576);
const deepJson = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

export const handshakes: Readonly<Record<string, Misbehaviour>> = {
  'refuses-401': ({ socket }) => socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 9\r\n\r\nno ticket'),
  'refuses-404': ({ socket }) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'),
  'refuses-without-end': ({ socket }) => socket.write('HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nwait'),
  'speaks-another-protocol': ({ socket }) => socket.end('220 mail.example ESMTP\r\n'),
  'speaks-bytes': ({ socket }) => socket.end(Uint8Array.from({ length: 300 }, (_, k) => (k * 7) % 256)),
  'is-silent': () => {},
  'closes-after-the-request': ({ socket }) => socket.end(),
  'resets-after-the-request': ({ socket }) => socket.resetAndDestroy(),
  'closes-in-the-handshake': ({ socket, acceptance }) => socket.end(acceptance.slice(0, 60)),
  'accepts-another-key': ({ socket, acceptance }) =>
    socket.write(acceptance.replace(/Accept: .*/, 'Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=')),
  'forgets-the-upgrade': ({ socket, acceptance }) => socket.write(acceptance.replace('Upgrade: websocket\r\n', '')),
  'chooses-a-subprotocol': ({ socket, acceptance }) =>
    socket.write(acceptance.replace('\r\n\r\n', '\r\nSec-WebSocket-Protocol: other\r\n\r\n')),
  'has-endless-headers': peer => {
    peer.socket.write(peer.acceptance.slice(0, -2));
    const more = () => peer.socket.writable && peer.socket.write(`X-More: ${'y'.repeat(8_000)}\r\n`, () => more());
    more();
  },
};

export const frames: Readonly<Record<string, Misbehaviour>> = {
  'answers-over-the-limit': answering((peer, id) => peer.send({ type: 'answer', id, text: 'x'.repeat(5_000) })),
  'sends-binary': answering((peer, id) => peer.socket.write(frame(0x2, answerText(id)))),
  'breaks-utf8': before(frame(0x1, Uint8Array.of(0x22, 0xc3, 0x28, 0x22))),
  'breaks-json': before('{"type":"news",'),
  'says-nothing-in-a-frame': before(''),
  'nests-deep': before(deepJson),
  'repeats-a-member': answering((peer, id) => peer.send(`{"type":"answer","id":"${id}","id":"${id}"}`)),
  'says-proto': answering((peer, id) =>
    peer.send(`{"type":"answer","id":"${id}","__proto__":{"type":"news"},"constructor":{"prototype":{"a":1}}}`),
  ),
  'says-only-proto': answering((peer, id) => peer.send(`{"__proto__":{"type":"answer","id":"${id}"}}`)),
  'calls-its-kind-proto': before('{"type":"__proto__"}'),
  'calls-its-kind-constructor': before('{"type":"constructor"}'),
  'says-a-huge-integer': answering((peer, id) =>
    peer.send(`{"type":"answer","id":"${id}","number":${'9'.repeat(1_000)}}`),
  ),
  'says-a-huge-exponent': answering((peer, id) => peer.send(`{"type":"answer","id":"${id}","number":1e400}`)),
  'breaks-its-schema': answering((peer, id) => peer.send({ type: 'answer', id, number: 'five' })),
  'masks-its-frames': answering((peer, id) => peer.socket.write(frame(0x1, answerText(id), { masked: true }))),
  'sets-a-reserved-bit': answering((peer, id) => peer.socket.write(frame(0x1, answerText(id), { reserved: 0x40 }))),
  'uses-a-reserved-opcode': before(frame(0x3, 'what')),
  'uses-a-reserved-control': before(frame(0xb, 'what')),
  'fragments-a-ping': before(frame(0x9, 'a', { fin: false })),
  'pings-too-long': before(frame(0x9, 'a'.repeat(126))),
  'continues-nothing': before(frame(0x0, 'more')),
  'begins-twice': before([frame(0x1, 'a', { fin: false }), frame(0x1, 'b', { fin: false })]),
  'claims-a-negative-length': before(frame(0x1, '', { claimedBytes: 0xffffffffffffffffn })),
  'claims-an-exabyte': before(frame(0x1, '{', { claimedBytes: 0x0fffffffffffffffn })),
  'sends-ten-megabytes': before(frame(0x1, JSON.stringify({ type: 'answer', text: megabytes(10) }))),
  'fragments-ten-megabytes': before([
    frame(0x1, '"', { fin: false }),
    ...Array.from({ length: 10 }, () => frame(0x0, megabytes(1), { fin: false })),
    frame(0x0, '"'),
  ]),
  'fragments-for-ever': answering(peer => {
    peer.socket.write(frame(0x1, '', { fin: false }));
    const more = () => peer.socket.writable && peer.socket.write(Buffer.concat(empty), () => more());
    const empty = Array.from({ length: 1_000 }, () => frame(0x0, '', { fin: false }));
    more();
  }),
};

export const ends: Readonly<Record<string, Misbehaviour>> = {
  'closes-after-the-handshake': ({ socket, acceptance }) => socket.end(acceptance),
  'resets-after-the-handshake': ({ socket, acceptance }) => socket.write(acceptance, () => socket.resetAndDestroy()),
  'ends-in-a-frame': answering((peer, id) => peer.socket.end(frame(0x1, answerText(id)).subarray(0, 9))),
  'ends-in-a-fragment': answering(peer => peer.socket.end(frame(0x1, '{"type":', { fin: false }))),
  'ends-in-a-step': answering(peer => peer.socket.end()),
  'resets-in-a-step': answering(peer => peer.socket.resetAndDestroy()),
  'closes-in-a-step': answering(peer => peer.socket.end(frame(0x8, Uint8Array.of(0x0f, 0xa1)))),
  'closes-with-half-a-code': answering(peer => peer.socket.write(frame(0x8, Uint8Array.of(0x03)))),
  'closes-with-a-forbidden-code': answering(peer => peer.socket.write(frame(0x8, Uint8Array.of(0x03, 0xed)))),
  'closes-with-broken-words': answering(peer => peer.socket.end(frame(0x8, Uint8Array.of(0x03, 0xe8, 0xc3, 0x28)))),
  'closes-and-stays': answering(peer => peer.socket.write(frame(0x8, Uint8Array.of(0x03, 0xe8)))),
  'ends-at-the-barrier': peer => {
    peer.socket.write(peer.acceptance);
    converse(peer);
    const { heard } = peer;
    peer.heard = text => (text?.includes('"ping"') ? peer.socket.end() : heard(text));
  },
  'ends-behind-the-answer': answering((peer, id) => {
    peer.send({ type: 'answer', id });
    peer.socket.end();
  }),
  'leaves-the-barrier-unanswered': peer => {
    peer.socket.write(peer.acceptance);
    converse(peer);
    const { heard } = peer;
    peer.heard = text => text?.includes('"ping"') || heard(text);
  },
  'never-answers': answering(() => {}),
  'answers-twice': answering((peer, id) => {
    peer.send({ type: 'answer', id });
    peer.send({ type: 'answer', id });
  }),
};

/** Strange, and allowed. */
export const oddities: Readonly<Record<string, Misbehaviour>> = {
  'drips-everything': peer =>
    drip(peer, Buffer.from(peer.acceptance), () =>
      converse(peer, id => drip(peer, frame(0x1, answerText(id)), () => {})),
    ),
  'fragments-by-the-byte': answering((peer, id) => {
    const pieces = [...Buffer.from(answerText(id))];
    const all = pieces.map((byte, k) =>
      frame(k === 0 ? 0x1 : 0x0, Uint8Array.of(byte), { fin: k === pieces.length - 1 }),
    );
    peer.socket.write(Buffer.concat(all));
  }),
  'says-much-at-once': peer => {
    // The first frames come in the same read as the answer to the handshake.
    peer.socket.write(Buffer.concat([Buffer.from(peer.acceptance), frame(0x1, '{"type":"chatter"}'), frame(0x9, '')]));
    converse(peer);
  },
  'pings-and-pongs': answering((peer, id) => {
    peer.socket.write(Buffer.concat([frame(0x9, 'are you there'), frame(0xa, 'I am')]));
    peer.send({ type: 'answer', id });
  }),
};
