import type { ControllerPort, Names } from './worker-protocol.ts';

/** Where workers of a cut channel wait for each other: when the last one has come, each hears what the others have bound. */
export function createMeetings(ports: readonly ControllerPort[]) {
  const waiting = new Map<number, Map<number, Names>>();
  return (k: number, channel: number, names: Names): void => {
    const here = waiting.get(channel) ?? new Map<number, Names>();
    waiting.set(channel, here.set(k, names));
    if (here.size < ports.length) return;
    waiting.delete(channel);
    for (const [other, port] of ports.entries()) {
      const told = [...here].filter(([each]) => each !== other).map(([, bound]) => bound);
      port.post({ tell: 'go-on', channel, names: Object.assign({}, ...told) });
    }
  };
}
