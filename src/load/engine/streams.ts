import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import { type StreamShape, senderElsewhere } from '../ledger/topology.ts';

/** The streams of a channel: one for each publish entry and each of its senders, in this order. */
export function streamsOfChannel({ plan, publish }: WorkloadPlan): readonly StreamShape[] {
  const numberOf = new Map(plan.clients.map(({ name }, k) => [name, k]));
  const numbers = (names: readonly string[]) => [...new Set(names.map(name => numberOf.get(name)!))];
  return publish.flatMap(({ by, to, copy }, entry) => {
    const receivers = numbers(to);
    const receiversOf = (sender: number) => (copy ? receivers : receivers.filter(receiver => receiver !== sender));
    return numbers(by).map(sender => ({ entry, sender, receivers: receiversOf(sender) }));
  });
}

/** The same as a worker sees them that has only these members of each channel: numbers among its own; of a sender elsewhere -1. */
export function streamsAmong(streams: readonly StreamShape[], members: readonly number[]): readonly StreamShape[] {
  const own = new Map(members.map((member, k) => [member, k]));
  return streams.map(({ entry, sender, receivers }) => ({
    entry,
    sender: own.get(sender) ?? senderElsewhere,
    receivers: receivers.flatMap(receiver => own.get(receiver) ?? []),
  }));
}

/** By entry: the number of its first stream within a channel, and how many senders it has. */
export function sendersOfEntries(streams: readonly StreamShape[], entries: number) {
  return Array.from({ length: entries }, (_, entry) => ({
    first: streams.findIndex(stream => stream.entry === entry),
    senders: streams.filter(stream => stream.entry === entry).length,
  }));
}
