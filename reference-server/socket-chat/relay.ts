/**
 * The two ports of a call: what comes in at one goes out at the other. Each learns its party's address from the first datagram that
 * comes in there, and takes nothing from anybody else. A party that is silent for too long has gone.
 */
import type { Address, Delivery, PairSide, Route } from '../core/datagrams.ts';
import type { Later } from '../core/later.ts';
import type { Outbound } from '../core/outbound.ts';
import type { SocketChatBehaviour } from './context.ts';

export interface Relay {
  readonly route: Route;
  stop(): void;
}

export interface RelayOptions {
  readonly behaviour: SocketChatBehaviour;
  readonly later: Later;
  readonly silenceMs: number;
  readonly silent: () => readonly Outbound[];
}

export function createRelay({ behaviour, later, silenceMs, silent }: RelayOptions): Relay {
  const parties: Partial<Record<PairSide, Address>> = {};
  const early: Record<PairSide, Uint8Array[]> = { one: [], other: [] };
  const timers: Record<PairSide, () => void> = { one: later(silenceMs, silent), other: later(silenceMs, silent) };

  function heard(side: PairSide): void {
    timers[side]();
    timers[side] = later(silenceMs, silent);
  }

  return {
    route(side, from, payload) {
      const across = side === 'one' ? 'other' : 'one';
      const isFirst = parties[side] === undefined;
      parties[side] ??= from;
      if (!same(parties[side], from) && !behaviour.fires('relay-takes-strangers')) return [];
      heard(side);
      if (behaviour.fires('silence-ended-by-either')) heard(across);
      const kept = isFirst ? early[across].map(each => deliver(side, parties[side]!, each)) : [];
      const to = parties[across];
      if (!to) {
        if (early[side].length < 16 && behaviour.varies('early-datagrams-kept')) early[side].push(payload);
        return kept;
      }
      if (side === 'other' && behaviour.fires('relay-in-one-direction')) return kept;
      const cut = payload.length > 1024 && behaviour.fires('datagrams-cut') ? payload.subarray(0, 1024) : payload;
      return [...kept, deliver(across, to, cut)];
    },
    stop() {
      timers.one();
      timers.other();
    },
  };
}

function deliver(through: PairSide, to: Address, payload: Uint8Array): Delivery {
  return { through, to, payload };
}

function same(one: Address, other: Address): boolean {
  return one.host === other.host && one.port === other.port;
}
