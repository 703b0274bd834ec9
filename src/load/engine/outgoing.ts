/** Builds what a virtual user publishes: the frame of the workload with a marker in the place of its payload. */
import type { Vault } from '../../clients/secrets.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { Encoded } from '../../foundation/pack.ts';
import type { Value } from '../../foundation/value.ts';
import { revealing, scopeOf } from '../../scenario/interpret/machine.ts';
import type { PayloadSize, WorkloadPublish } from '../../scenario/workload-plan.ts';
import { build } from '../../values/build.ts';
import { MissingValue } from '../../values/expression.ts';
import { replaceAt } from '../../values/fill.ts';
import { markerBytes } from '../hot-path/marker.ts';
import { fractionOf } from '../schedule/poisson.ts';
import type { JoinedChannel } from './join-channel.ts';

/** The frame of one message of a sender. Throws if a value of it is not there: nothing can be sent then. */
export function buildOutgoing(
  { machine, state, senders }: JoinedChannel,
  sender: string,
  entry: WorkloadPublish,
  payload: string,
  nowUs: number,
  vault: Vault,
): Encoded {
  const client = senders.get(sender)!;
  if (nowUs > state.nowUs) state.nowUs = nowUs;
  const plain = scopeOf(machine, state, client, undefined);
  const made = build(entry.send, vault.empty ? plain : revealing(plain, vault.reveal));
  if (made instanceof MissingValue) {
    const { file, line } = entry.span;
    const message = `The message of ${file}:${line} was expected to have a value for $(${made.expression.text}); ${made.detail}. Let a step of join bind it.`;
    throw new AntiphonError('scenario', 'publish-value-missing', message);
  }
  let value: Value = made.value;
  for (const path of made.payloads) value = replaceAt(value, path, payload);
  const { transport } = machine.plan.clients[client.index]!;
  return machine.around.pack.encode(transport, value, ++client.requests, made.omitted);
}

/** A marker, and what makes it as long as the payload of message n is to be. */
export function padded(marker: string, size: PayloadSize, key: number, n: number): string {
  const { fromBytes, toBytes } = size;
  const bytes =
    fromBytes === toBytes ? fromBytes : fromBytes + Math.floor(fractionOf(key, n) * (toBytes - fromBytes + 1));
  return bytes <= markerBytes ? marker : marker + 'x'.repeat(bytes - markerBytes);
}
