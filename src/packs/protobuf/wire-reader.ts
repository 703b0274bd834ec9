/** The bytes of a protobuf message, field by field. */
export interface WireField {
  readonly number: number;
  readonly value: WireValue;
}

export type WireValue =
  | { readonly wire: 'varint'; readonly value: bigint }
  | { readonly wire: 'bytes'; readonly value: Uint8Array }
  /** Of types that no field here has. */
  | { readonly wire: 'fixed' };

/** What is no protobuf; the message says what was expected and came. */
export class BrokenWire extends Error {}

export function readWire(bytes: Uint8Array): readonly WireField[] {
  const fields: WireField[] = [];
  let at = 0;

  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new BrokenWire(`expected a number, came the end after byte ${bytes.length}`);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new BrokenWire(`expected a number of at most 10 bytes before byte ${at}, came a longer one`);
  }

  function take(lengthBytes: number): Uint8Array {
    const left = bytes.length - at;
    if (lengthBytes > left) throw new BrokenWire(`expected ${lengthBytes} bytes at byte ${at}, came ${left}`);
    at += lengthBytes;
    return bytes.subarray(at - lengthBytes, at);
  }

  function value(kind: number): WireValue {
    switch (kind) {
      case 0:
        return { wire: 'varint', value: varint() };
      case 1:
        take(8);
        return { wire: 'fixed' };
      case 2:
        return { wire: 'bytes', value: take(Number(varint())) };
      case 5:
        take(4);
        return { wire: 'fixed' };
      default:
        throw new BrokenWire(`expected a field at byte ${at}, came one of the unknown wire type ${kind}`);
    }
  }

  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    if (number === 0) throw new BrokenWire(`expected the number of a field before byte ${at}, came 0`);
    fields.push({ number, value: value(Number(tag & 7n)) });
  }
  return fields;
}
