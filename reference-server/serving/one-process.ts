import { createBehaviour } from '../core/behaviour.ts';
import type { ReferenceProtocol, RunningServer, Settings } from '../core/protocol.ts';
import { createSwitchboard, type Switchboard } from '../core/switchboard.ts';

/** The domain and its sockets in this process. */
export async function serveInOneProcess(protocol: ReferenceProtocol, settings: Settings): Promise<RunningServer> {
  const { host, port, log } = settings;
  const behaviour = createBehaviour(settings.faults, settings.variants);
  let switchboard: Switchboard | undefined;
  let lastId = 0;
  const domain = protocol.createDomain(settings, { behaviour, carryOut: items => switchboard?.carryOut(items) });
  const front = await protocol.openFront(settings, {
    host,
    port,
    behaviour,
    domain,
    attach(sockets) {
      switchboard = createSwitchboard(domain, sockets, log);
      return switchboard;
    },
    nextId: () => ++lastId,
    log,
  });
  return {
    endpoints: front.endpoints,
    fired: behaviour.counts,
    async stop() {
      switchboard?.carryOut(domain.sayGoodbye?.() ?? []);
      await front.stop();
      domain.stop?.();
    },
  };
}
