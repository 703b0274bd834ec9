/** get: what there is to know of a topic. Who is not attached is told little. */
import { answer, type Context, type UserCall } from './context.ts';
import { describeFromOutside, describeTopic } from './descriptions.ts';
import { sendDeletions, sendHistory } from './history.ts';
import { findTopic, readTarget, type Target } from './names.ts';
import { type Part, partsIn, partsOrder, wordsIn } from './parts.ts';
import type { BodyOf, Query } from './requests.ts';
import { ownRow, sendRows } from './rows.ts';
import { findOne } from './search.ts';
import { sendMeta, sendNothing } from './send-meta.ts';
import type { Topic } from './topic.ts';

export function get(context: Context, call: UserCall, query: BodyOf<'get'>): void {
  const { session, user } = call;
  const target = readTarget(call.topic, user);
  if (typeof target === 'string') return answer(context, call, target);
  const parts = partsIn(query.what);
  if (parts.length === 0) return answer(context, call, 'malformed');
  const isAll = wordsIn(query.what).length === parts.length;
  if (!isAll && context.behaviour.fires('unknown-words-refused')) return answer(context, call, 'malformed');
  const topic = findTopic(context.topics, user, target);
  if (!topic || !session.topics.has(topic)) return getFromOutside(context, call, { target, parts, query });
  const asReader = target.kind === 'group' && target.asReader;
  if (asReader && !topic.isChannel) return answer(context, call, 'notFound');
  sendParts(context, call, topic, { asReader, query, order: partsOrder.get });
}

interface Asked {
  readonly asReader: boolean;
  readonly query: Query;
  readonly order: readonly Part[];
}

export function sendParts(context: Context, call: UserCall, topic: Topic, { asReader, query, order }: Asked): void {
  const parts = partsIn(query.what);
  const due = order.filter(part => parts.includes(part));
  for (const part of inOrder(context, due, query.what)) senders[part](context, call, topic, { asReader, query });
}

function inOrder({ behaviour }: Context, due: readonly Part[], what: string | undefined): readonly Part[] {
  const asked = wordsIn(what).flatMap(word => due.find(part => part === word) ?? []);
  const isOther = asked.join(' ') !== due.join(' ');
  return isOther && behaviour.fires('parts-as-they-were-asked') ? asked : due;
}

type Sender = (context: Context, call: UserCall, topic: Topic, asked: { asReader: boolean; query: Query }) => void;

const senders: Readonly<Record<Part, Sender>> = {
  desc(context, call, topic, { query: { desc: options = {} } }) {
    if (options.user || options.limit) return answer(context, call, 'malformed');
    sendMeta(context, call, { desc: describeTopic(context, call, topic, options.ims) });
  },
  sub: (context, call, topic, { asReader, query }) =>
    sendRows(context, call, topic, { asReader, options: query.sub ?? {} }),
  data: (context, call, topic, { asReader, query }) =>
    sendHistory(context, call, topic, { asReader, options: query.data ?? {} }),
  del: (context, call, topic, { query }) => sendDeletions(context, call, topic, query.del ?? {}),
  tags: sendTags,
  cred: sendCredentials,
  aux: sendAux,
};

function sendTags(context: Context, call: UserCall, topic: Topic): void {
  if (topic.kind === 'fnd') {
    const found = findOne(context, topic, call);
    return found === undefined ? sendNothing(context, call, 'tags') : sendMeta(context, call, { tags: [found] });
  }
  if (topic.kind !== 'me' && topic.kind !== 'group') return answer(context, call, 'notAllowed');
  const isOthers = topic.kind === 'group' && topic.owner !== call.user;
  if (isOthers && !context.behaviour.fires('tags-told-to-members')) return answer(context, call, 'permissionDenied');
  const tags = topic.kind === 'me' ? (context.accounts.withId(call.user)?.tags ?? []) : topic.tags;
  if (tags.length === 0) return sendNothing(context, call, 'tags');
  const isReversed = tags.length > 1 && context.behaviour.varies('tags-reversed');
  sendMeta(context, call, { tags: isReversed ? tags.toReversed() : tags });
}

function sendCredentials(context: Context, call: UserCall, topic: Topic): void {
  if (topic.kind !== 'me') return answer(context, call, 'notAllowed');
  const credentials = context.accounts.withId(call.user)?.credentials ?? [];
  // The request calls them cred.
  if (credentials.length === 0) return sendNothing(context, call, 'creds');
  const cred = credentials.map(({ method, value, isDone }) => ({
    meth: method,
    val: value,
    done: isDone || undefined,
  }));
  sendMeta(context, call, { cred });
}

function sendAux(context: Context, call: UserCall, topic: Topic): void {
  if (!hasAux(topic)) return answer(context, call, 'notAllowed');
  if (Object.keys(topic.aux).length === 0) return sendNothing(context, call, 'aux');
  sendMeta(context, call, { aux: topic.aux });
}

export function hasAux({ kind }: Topic): boolean {
  return kind === 'p2p' || kind === 'group' || kind === 'slf';
}

interface FromOutside {
  readonly target: Target;
  readonly parts: readonly Part[];
  readonly query: Query;
}

function getFromOutside(context: Context, call: UserCall, { target, parts, query }: FromOutside): void {
  const isKnown = parts.includes('desc') || parts.includes('sub');
  if (!isKnown) return answer(context, call, 'permissionDenied');
  // Of several parts only the subscription is told.
  if (parts.length === 1 && parts[0] === 'desc') {
    const described = describeFromOutside(context, call, target);
    return typeof described === 'string'
      ? answer(context, call, described)
      : sendMeta(context, call, { desc: described });
  }
  const { user } = query.sub ?? {};
  if (user && user !== call.user) return answer(context, call, 'permissionDenied');
  const row = ownRow(context, call, target);
  return row ? sendMeta(context, call, { sub: [row] }) : answer(context, call, 'notFound');
}
