/** What each slot asks: the frame of its publish entry, and what a good reply to it is. */
import type { Vault } from '../../clients/secrets.ts';
import { writeJson } from '../../foundation/json.ts';
import type { Encoded, Pack } from '../../foundation/pack.ts';
import type { Value } from '../../foundation/value.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import type { JoinedChannel } from '../engine/join-channel.ts';
import type { LoadRules } from '../engine/load-rules.ts';
import { buildOutgoing, padded } from '../engine/outgoing.ts';
import { writeMarker } from '../hot-path/marker.ts';
import { hashOf } from '../schedule/poisson.ts';
import type { Reply, Slot } from './exchanges.ts';

/** A slot of one sender of one publish entry. */
export interface Asker extends Slot {
  readonly entry: number;
  readonly joined: JoinedChannel;
  /** Name in the plan. */
  readonly sender: string;
  /** Number of the sender's stream, among those of all channels. */
  readonly stream: number;
  requestId: Value | undefined;
}

export interface RequestMakerOptions {
  readonly workload: WorkloadPlan;
  readonly pack: Pack;
  readonly rules: LoadRules;
  readonly seed: string;
  readonly tag: string;
  readonly vault: Vault;
  readonly nowUs: () => number;
}

export interface RequestMaker {
  /** The body of the next request. Throws if a value of it is not there. */
  next(asker: Asker): string | Uint8Array;
  /** What a reply with a good status is worth. */
  judge(asker: Asker, body: string): Pick<Reply, 'wrong' | 'invalid'>;
}

export function createRequestMaker(options: RequestMakerOptions): RequestMaker {
  const { workload, pack, seed, tag, vault, nowUs } = options;
  const { publish, plan } = workload;
  const keys = publish.map((_, entry) => hashOf(`${seed} ${entry} payload`));
  return {
    next(asker) {
      const { entry, joined, sender, stream, sequence, dueUs } = asker;
      const what = publish[entry]!;
      const payload = padded(writeMarker(tag, stream, sequence + 1, dueUs), what.payload, keys[entry]!, sequence);
      const encoded: Encoded = buildOutgoing(joined, sender, what, payload, nowUs(), vault);
      asker.requestId = encoded.requestId;
      return encoded.data;
    },
    judge({ requestId }, body) {
      const decoded = pack.decode(plan.transport, { text: body, sizeBytes: Buffer.byteLength(body) });
      const [violation] = decoded.violations;
      const invalid = violation && { invalid: `${violation.at || 'at its top'}: ${violation.message}` };
      const wrong = whyWrong(options, requestId, decoded.ok ? decoded.frames : []);
      return { ...invalid, ...(wrong !== undefined && { wrong }) };
    },
  };
}

/** A pack that says nothing of acknowledgements is content with the status. */
function whyWrong(
  { pack, rules }: RequestMakerOptions,
  requestId: Value | undefined,
  [frame]: readonly Value[],
): string | undefined {
  if (rules.ackKinds.size === 0) return undefined;
  if (frame === undefined) return 'the reply cannot be read';
  const kind = pack.kindOf(frame);
  if (kind === undefined || !rules.ackKinds.has(kind)) return `the reply is ${kind ?? 'of no kind'}`;
  const id = pack.replyIdOf(frame)?.id;
  const isOurs = requestId === undefined || (id !== undefined && writeJson(id) === writeJson(requestId));
  return isOurs ? undefined : 'the reply is to another request';
}
