/** How the target would say a changed frame. Some transports have no way to say it, or say it as they said what was there. */
import type { ItemEvent } from '../evidence/events.ts';
import { AntiphonError } from '../foundation/errors.ts';
import type { Pack } from '../foundation/pack.ts';
import type { Value } from '../foundation/value.ts';
import { transportNameOf } from './client-transport.ts';
import { withData } from './message.ts';
import { putInstead, type Scene } from './scene.ts';

export interface Saying {
  readonly isSayable: boolean;
  make(): ReturnType<typeof putInstead>;
}

/** Elsewhere everything can be said, and is not written before it is asked for. */
export function sayingOf(scene: Scene<ItemEvent>, changed: () => Value): Saying {
  const { execution, event } = scene;
  const { pack } = execution.machine.around;
  const transport = transportNameOf(execution, event.c);
  if (pack.transports.get(transport)?.codec !== 'protobuf')
    return { isSayable: true, make: () => putInstead(scene, withData(event, pack.write(transport, changed()))) };
  const data = written(pack, transport, changed());
  const isSayable = data !== undefined && !isSame(data, event);
  return { isSayable, make: () => putInstead(scene, withData(event, data!)) };
}

function written(pack: Pack, transport: string, frame: Value): string | Uint8Array | undefined {
  try {
    return pack.write(transport, frame);
  } catch (thrown) {
    if (thrown instanceof AntiphonError && thrown.code === 'frame-not-encodable') return undefined;
    throw thrown;
  }
}

/** Bytes that are a text as well stand in the log as one. */
function isSame(data: string | Uint8Array, { text, base64 = '' }: ItemEvent): boolean {
  return Buffer.from(data).equals(text === undefined ? Buffer.from(base64, 'base64') : Buffer.from(text));
}
