import type { ReferenceProtocol } from './core/protocol.ts';
import { requireName } from './core/settings.ts';
import { gradagenda } from './gradagenda/protocol.ts';
import { socketChat } from './socket-chat/protocol.ts';
import { thunderMessenger } from './thunder-messenger/protocol.ts';
import { tinode } from './tinode/protocol.ts';
import { tinode2017 } from './tinode-2017/protocol.ts';

const protocols: ReadonlyMap<string, ReferenceProtocol> = new Map(
  [gradagenda, socketChat, thunderMessenger, tinode2017, tinode].map(protocol => [protocol.name, protocol]),
);

export const referenceProtocols: readonly string[] = [...protocols.keys()];

export function findProtocol(name: string): ReferenceProtocol {
  requireName('unknown-protocol', 'a protocol that has a reference server', name, referenceProtocols);
  return protocols.get(name)!;
}
