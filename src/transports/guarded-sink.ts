import type { ConnectionSink, IncomingMessage } from './connection.ts';

/**
 * What keeps a sink's promises whatever a socket does: first `opened` or `refused`, then items, then `closed` once, and
 * nothing after `mute`. Instants never run backwards.
 */
export interface GuardedSink extends ConnectionSink {
  readonly phase: () => SinkPhase;
  /** The connection is opened anew: what holds for the first one holds again. */
  renew(): void;
  /** Nothing is heard any more. */
  mute(): void;
}

type SinkPhase = 'connecting' | 'open' | 'over' | 'muted';

export function guardSink(sink: ConnectionSink): GuardedSink {
  let phase: SinkPhase = 'connecting';
  let lastUs = 0;
  const forward = (atUs: number): number => {
    lastUs = Math.max(lastUs, atUs);
    return lastUs;
  };
  return {
    phase: () => phase,
    renew() {
      if (phase === 'over') phase = 'connecting';
    },
    mute() {
      phase = 'muted';
    },
    opened(atUs, about) {
      if (phase !== 'connecting') return;
      phase = 'open';
      sink.opened(forward(atUs), about);
    },
    refused(atUs, about) {
      if (phase !== 'connecting') return;
      phase = 'over';
      sink.refused(forward(atUs), about);
    },
    item(atUs, message: IncomingMessage) {
      if (phase === 'open') sink.item(forward(atUs), message);
    },
    closed(atUs, about) {
      if (phase !== 'open') return;
      phase = 'over';
      sink.closed(forward(atUs), about);
    },
    note(atUs, text) {
      if (phase === 'connecting' || phase === 'open') sink.note(forward(atUs), text);
    },
  };
}
