import type { ConnectionSink, IncomingMessage } from './connection.ts';

/**
 * What keeps a sink's promises whatever a socket does: first `opened` or `refused`, then items, then `closed` once, and
 * nothing after `mute`. Instants never run backwards.
 */
export interface GuardedSink extends ConnectionSink {
  phase(): SinkPhase;
  /** The connection is opened anew: what holds for the first one holds again. */
  renew(): void;
  /** Nothing is heard any more. */
  mute(): void;
}

type SinkPhase = 'connecting' | 'open' | 'over' | 'muted';

export function guardSink(sink: ConnectionSink): GuardedSink {
  return new Guard(sink);
}

/** A class, not an object of closures: a load has one for each of its connections. */
class Guard implements GuardedSink {
  readonly #sink: ConnectionSink;
  #phase: SinkPhase = 'connecting';
  #lastUs = 0;

  constructor(sink: ConnectionSink) {
    this.#sink = sink;
  }

  phase(): SinkPhase {
    return this.#phase;
  }

  renew(): void {
    if (this.#phase === 'over') this.#phase = 'connecting';
  }

  mute(): void {
    this.#phase = 'muted';
  }

  opened(atUs: number, about: Parameters<ConnectionSink['opened']>[1]): void {
    if (this.#phase !== 'connecting') return;
    this.#phase = 'open';
    this.#sink.opened(this.#forward(atUs), about);
  }

  refused(atUs: number, about: Parameters<ConnectionSink['refused']>[1]): void {
    if (this.#phase !== 'connecting') return;
    this.#phase = 'over';
    this.#sink.refused(this.#forward(atUs), about);
  }

  item(atUs: number, message: IncomingMessage): void {
    if (this.#phase === 'open') this.#sink.item(this.#forward(atUs), message);
  }

  closed(atUs: number, about: Parameters<ConnectionSink['closed']>[1]): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'over';
    this.#sink.closed(this.#forward(atUs), about);
  }

  note(atUs: number, text: string): void {
    if (this.#phase === 'connecting' || this.#phase === 'open') this.#sink.note(this.#forward(atUs), text);
  }

  #forward(atUs: number): number {
    this.#lastUs = Math.max(this.#lastUs, atUs);
    return this.#lastUs;
  }
}
