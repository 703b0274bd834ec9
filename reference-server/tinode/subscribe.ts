/** sub: attaches this session to a topic, and makes the subscription, and the topic, if there is none. */
import { announceAttached, attach } from './attendance.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { sendParts } from './get.ts';
import { findTopic, nameFor, readTarget } from './names.ts';
import { type Opened, openTopic } from './open-topic.ts';
import { type Settled, settleOwn } from './own-subscription.ts';
import { partsOrder } from './parts.ts';
import { topicHappened } from './plugin-events.ts';
import { introducePair, tellNewPeer } from './presence.ts';
import type { BodyOf } from './requests.ts';
import { tellUser } from './tell.ts';

export function subscribe(context: Context, call: UserCall, body: BodyOf<'sub'>): void {
  const { session, user } = call;
  const target = readTarget(call.topic, user);
  if (typeof target === 'string') return answer(context, call, target);
  const known = findTopic(context.topics, user, target);
  const isAttached = known !== undefined && session.topics.has(known);
  if (isAttached) return answer(context, call, context.behaviour.fires('attached-again') ? 'ok' : 'alreadySubscribed');

  const opened = openTopic(context, call, target, body.set ?? {});
  if (typeof opened === 'string') return answer(context, call, opened);
  const { topic, asReader } = opened;
  if (body.set?.sub?.user) return answer(context, call, 'malformed');
  const { mode = '' } = body.set?.sub ?? {};
  const kept = body.set?.desc?.private;
  const settled = settleOwn(context, call, { topic, asReader, mode, private: kept, isNew: opened.isNew });
  if (!settled) return;

  if (settled.mayAttend) attach(topic, session, user, asReader);
  const name = nameFor(topic, user, asReader);
  const params = paramsOf(context, call, opened, settled);
  answer(context, call, 'ok', { topic: name, params });
  if (settled.acs) introduce(context, call, opened, settled);
  if (settled.mayAttend) announceAttached(context, topic, session);
  if (body.get)
    sendParts(context, { ...call, topic: name }, topic, { asReader, query: body.get, order: partsOrder.sub });
  if (opened.isMade) topicHappened(context, 'create', topic);
}

function paramsOf(
  { behaviour }: Context,
  call: UserCall,
  { topic, isMade }: Opened,
  { acs }: Settled,
): object | undefined {
  const isRenamed = isMade && topic.kind === 'group' && !behaviour.fires('first-name-forgotten');
  if (!acs && !isRenamed) return undefined;
  return { acs, tmpname: isRenamed ? call.topic : undefined };
}

/** Those whom a new subscription concerns hear of it. */
function introduce(context: Context, call: UserCall, { topic, hasNewPeer, asReader }: Opened, settled: Settled): void {
  const { session, user } = call;
  if (hasNewPeer) tellNewPeer(context, topic, user);
  if (!settled.isNew || !settled.acs) return;
  const { want, given } = settled.acs;
  const notice = { what: 'acs', src: nameFor(topic, user, asReader), actor: user, dacs: { want, given } };
  tellUser(context, user, notice, { skip: session.connection });
  if (topic.kind === 'p2p') introducePair(context, topic, user);
}
