/** get: what is known of a topic. Each part that was asked for is answered by itself, in the order desc, sub, data. */
import type { Message, Topic } from '../tinode-core/topic.ts';
import { isAttached } from '../tinode-core/topic.ts';
import { answer, type Call, type Context } from './context.ts';
import {
  type Description,
  describeConversation,
  describeMe,
  type Row,
  rowOfConversation,
  rowOfFound,
  rowOfMember,
} from './descriptions.ts';
import { findTopic, nameFor } from './names.ts';
import type { Part, RequestOf } from './requests.ts';

export function get(context: Context, call: Call, request: RequestOf<'get'>): void {
  const { behaviour, topics } = context;
  const { user, connection } = call.session;
  const topic = findTopic(topics, user, request.topic);
  if (topic && (isAttached(topic, connection) || behaviour.fires('served-before-sub'))) {
    return sendParts(context, call, topic, request);
  }
  answer(context, call, request.id, 'attachFirst', { topic: request.topic });
}

export interface Asked {
  readonly id: string | undefined;
  readonly parts: readonly Part[];
}

export function sendParts(context: Context, call: Call, topic: Topic, { id, parts }: Asked): void {
  const { behaviour } = context;
  const ordered = parts.length > 1 && behaviour.varies('parts-reversed') ? [...parts].reverse() : parts;
  for (const part of ordered) senders[part](context, call, topic, id);
}

type Sender = (context: Context, call: Call, topic: Topic, id: string | undefined) => void;

const senders: Readonly<Record<Part, Sender>> = {
  desc(context, { session, outbox }, topic, id) {
    const text = context.frames.desc(id, nameFor(topic, session.user), describe(context, topic, session.user));
    outbox.send([session.connection], text);
  },
  sub(context, { session, outbox }, topic, id) {
    const text = context.frames.sub(id, nameFor(topic, session.user), listRows(context, topic, session.user));
    outbox.send([session.connection], text);
  },
  data(context, call, topic, id) {
    const { session, outbox } = call;
    const name = nameFor(topic, session.user);
    for (const message of listMessages(context, topic)) {
      outbox.send([session.connection], context.frames.data(name, message));
    }
    if (!context.behaviour.fires('history-not-ended')) answer(context, call, id, 'ok', { topic: name });
  },
};

function describe(context: Context, topic: Topic, user: string): Description {
  const account = context.accounts.withId(user)!;
  return topic.kind === 'me' || topic.kind === 'fnd'
    ? describeMe(context, account)
    : describeConversation(context, topic, user);
}

function listRows(context: Context, topic: Topic, user: string): Row[] {
  switch (topic.kind) {
    case 'me':
      return context.topics.conversationsOf(user).map(other => rowOfConversation(context, other, user));
    case 'fnd':
      return search(context, user);
    default:
      return [...topic.subscriptions.keys()].map(member => rowOfMember(context, topic, member));
  }
}

function search(context: Context, user: string): Row[] {
  const { accounts, behaviour, queries } = context;
  const query = queries.get(user) ?? [];
  const found = accounts.withTags(widen(context, query)).filter(({ id }) => id !== user);
  if (query.length > 0 && behaviour.fires('found-without-tags')) found.push(...accounts.withoutTags());
  const all = found.filter(({ tags }) => query.every(tag => tags.includes(tag)));
  const kept = all.length < found.length && behaviour.fires('every-tag-must-match') ? all : found;
  return kept.map(account => rowOfFound(context, account, query));
}

/** For a fault: what is looked for may go on behind the tag. */
function widen({ behaviour }: Context, query: readonly string[]): readonly string[] {
  if (!behaviour.isOn('tag-found-by-more') || !behaviour.fires('tag-found-by-more')) return query;
  return query.flatMap(tag => Array.from({ length: tag.length }, (_, end) => tag.slice(0, end + 1)));
}

function listMessages({ behaviour }: Context, topic: Topic): readonly Message[] {
  const { kind, messages } = topic;
  if (kind === 'me' && messages.length > 0 && behaviour.fires('records-not-kept')) return [];
  if (messages.length > 3 && behaviour.fires('history-of-three')) return messages.slice(-3);
  if (messages.length > 1 && behaviour.fires('newest-first')) return messages.toReversed();
  if (kind === 'p2p' && messages.length > 0 && behaviour.fires('history-restamped')) {
    return messages.map(message => ({ ...message, atMs: message.atMs + 1000 }));
  }
  return messages;
}
