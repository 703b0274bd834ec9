import { guardSink } from './guarded-sink.ts';
import { createLineDecoder } from './line-decoder.ts';
import type { OpenTransport } from './open-transport.ts';
import { bytesOf } from './pieces.ts';
import { openStream } from './stream.ts';

/** Lines over TCP or TLS. LF is the framing: a message is written with one behind it, `wire` bytes as they are. */
export const openLines: OpenTransport = (endpoint, options, nowUs, target) => {
  const sink = guardSink(target);
  const decoder = createLineDecoder(options.keepBytes);
  const stream = openStream(endpoint, options, nowUs, {
    opened: (atUs, address) => sink.opened(atUs, { address }),
    refused: (atUs, about) => sink.refused(atUs, about),
    note: (atUs, text) => sink.note(atUs, text),
    read(atUs, bytes) {
      for (const line of decoder.push(bytes)) sink.item(atUs, line);
    },
    ended(atUs, { by, error }) {
      const rest = decoder.end();
      if (rest) sink.item(atUs, rest);
      sink.closed(atUs, error === undefined ? { by } : { by, error });
    },
  });
  return {
    write({ opcode, data, wire, cutAt, hold, more = false }) {
      if (opcode === 'ping') return { ok: false, atUs: nowUs(), reason: 'lines have no ping', unfit: true };
      return stream.write(wire || more ? bytesOf(data) : withLineFeed(bytesOf(data)), cutAt, hold);
    },
    request: () => ({
      ok: false,
      atUs: nowUs(),
      reason: 'a lines transport has messages, not HTTP requests',
      unfit: true,
    }),
    close: stream.close,
    setReading: stream.setReading,
    destroy() {
      sink.mute();
      stream.destroy();
    },
  };
};

function withLineFeed(bytes: Uint8Array): Uint8Array {
  const line = new Uint8Array(bytes.length + 1);
  line.set(bytes);
  line[bytes.length] = 0x0a;
  return line;
}
