/** How long the messages of a workload are on the wire, before anybody has joined. */
import { writeJson } from '../../foundation/json.ts';
import type { Pack } from '../../foundation/pack.ts';
import type { Value } from '../../foundation/value.ts';
import type { PayloadSize, WorkloadPublish } from '../../scenario/workload-plan.ts';
import type { Built } from '../../values/built.ts';
import { markerBytes } from '../hot-path/marker.ts';

/** Of what an entry sends, its payload included. What only a user who has joined knows counts as ten characters. */
export function frameSizeOf({ send, payload }: WorkloadPublish, pack: Pack, transport: string): PayloadSize {
  const { data } = pack.encode(transport, sketch(send), 1_000);
  const aroundBytes = Buffer.byteLength(data);
  const { fromBytes, toBytes } = payload;
  return {
    fromBytes: aroundBytes + Math.max(fromBytes, markerBytes),
    toBytes: aroundBytes + Math.max(toBytes, markerBytes),
  };
}

const unknown = 'xxxxxxxxxx';

/** The value with nothing where the payload goes. */
function sketch(built: Built): Value {
  switch (built.op) {
    case 'literal':
      return built.value;
    case 'object':
      return Object.fromEntries(built.members.map(({ name, built: member }) => [name, sketch(member)]));
    case 'list':
      return built.elements.map(element => (element.op === 'spread' ? unknown : sketch(element)));
    case 'json':
      return writeJson(sketch(built.of));
    case 'bind':
    case 'base64':
    case 'hex':
    case 'altered':
      return sketch(built.of);
    case 'repeat':
      return sketch(built.text);
    case 'text':
      return built.parts.map(part => (typeof part === 'string' ? part : unknown)).join('');
    case 'payload':
    case 'absent':
      return '';
    case 'reference':
    case 'fill':
    case 'now':
    case 'filled':
      return unknown;
  }
}
