/** set desc: what a topic shows, what it grants by default, and what its user keeps of it. */
import { allows, intersectModes, readMode, uniteModes } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import type { Account } from './account.ts';
import type { AnswerName } from './answers.ts';
import { answer, type Context, type UserCall } from './context.ts';
import { merge } from './merge.ts';
import { asPairMode, memberMode, subscriptionOf } from './modes.ts';
import { nameFor } from './names.ts';
import { topicHappened } from './plugin-events.ts';
import { tellContacts } from './presence.ts';
import type { AccessChange, DescriptionChange } from './requests.ts';
import { tellMembers, tellUser } from './tell.ts';
import type { Topic } from './topic.ts';

interface Change {
  readonly asReader: boolean;
  readonly desc: DescriptionChange;
}

export function setDescription(context: Context, call: UserCall, topic: Topic, { asReader, desc }: Change): void {
  const refusal = refuse(context, call, topic, desc);
  if (refusal) return answer(context, call, refusal);
  const access = desc.defacs ? accessFrom(context, call, topic, desc.defacs) : undefined;
  if (access === 'malformed') return answer(context, call, 'malformed');

  const shown = change(context, call, topic, desc, access);
  const subscription = subscriptionOf(topic, call.user, asReader);
  const kept = merge(subscription?.private, desc.private);
  if (!shown.isAny && !kept.isChanged) return answer(context, call, 'notModified');
  if (subscription && kept.isChanged) {
    subscription.private = kept.value;
    subscription.updatedMs = context.nowMs();
  }
  announceChange(context, call, topic, { isForAll: shown.isForAll, isOwn: kept.isChanged });
  answer(context, call, 'ok');
  topicHappened(context, 'update', topic);
}

function refuse(
  { behaviour }: Context,
  { level, user }: UserCall,
  topic: Topic,
  desc: DescriptionChange,
): AnswerName | undefined {
  const isTrusted = level === 'root' || (desc.trusted !== undefined && behaviour.fires('trusted-by-anybody'));
  if (desc.trusted !== undefined && !isTrusted) return 'permissionDenied';
  const isShared = desc.public !== undefined || desc.trusted !== undefined || desc.defacs !== undefined;
  if (topic.kind === 'fnd') return desc.trusted !== undefined ? 'permissionDenied' : undefined;
  if (topic.kind === 'p2p' && isShared) return 'permissionDenied';
  const isOthers = topic.kind === 'group' && topic.owner !== user && isShared;
  return isOthers && !behaviour.fires('shown-by-any-member') ? 'permissionDenied' : undefined;
}

type Access = Account['access'];

/** Undefined if it is as before. */
function accessFrom(
  context: Context,
  call: UserCall,
  topic: Topic,
  asked: AccessChange,
): Access | 'malformed' | undefined {
  const own = ownerOf(context, call, topic);
  const auth = asked.auth ? readMode(asked.auth) : own.access.auth;
  const anon = asked.anon ? readMode(asked.anon) : own.access.anon;
  if (auth === undefined || anon === undefined || allows(auth, 'O') || allows(anon, 'O')) return 'malformed';
  const access = {
    auth: asked.auth && topic.kind === 'me' ? asAccountMode(auth) : auth,
    anon: asked.anon && topic.kind === 'me' && anon !== 'N' ? asPairMode(context.profile, anon) : anon,
  };
  return access.auth === own.access.auth && access.anon === own.access.anon ? undefined : access;
}

function asAccountMode(mode: string): string {
  return mode === 'N' ? mode : uniteModes(intersectModes(mode, uniteModes(memberMode, 'A')), 'A');
}

/** What the topic shows is stored with the account, or with the topic. */
function ownerOf({ accounts }: Context, { user }: UserCall, topic: Topic): Account | Topic {
  return (topic.kind === 'me' && accounts.withId(user)) || topic;
}

interface Changed {
  readonly isAny: boolean;
  readonly isForAll: boolean;
}

function change(
  context: Context,
  call: UserCall,
  topic: Topic,
  desc: DescriptionChange,
  access: Access | undefined,
): Changed {
  if (topic.kind === 'fnd') return changeQuery(call, topic, desc.public);
  // Notes to oneself are shown to nobody.
  if (topic.kind === 'slf') return { isAny: false, isForAll: false };
  const owner = ownerOf(context, call, topic);
  const isReplaced = isRecord(owner.public) && isRecord(desc.public) && context.behaviour.fires('public-replaced');
  const shown = merge(isReplaced ? undefined : owner.public, desc.public);
  const trusted = merge(owner.trusted, desc.trusted);
  const isForAll = shown.isChanged || trusted.isChanged;
  if (access) owner.access = access;
  if (isForAll) Object.assign(owner, { public: shown.value, trusted: trusted.value });
  if (isForAll || access) owner.updatedMs = context.nowMs();
  return { isAny: isForAll || access !== undefined, isForAll };
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Of each session for itself, until it leaves. */
function changeQuery({ session }: UserCall, fnd: Topic, given: unknown): Changed {
  const query = merge(fnd.queries.get(session.connection) ?? '', given);
  if (query.isChanged && query.value === undefined) fnd.queries.delete(session.connection);
  else if (query.isChanged) fnd.queries.set(session.connection, query.value);
  return { isAny: query.isChanged, isForAll: false };
}

interface Told {
  readonly isForAll: boolean;
  readonly isOwn: boolean;
}

function announceChange(context: Context, call: UserCall, topic: Topic, { isForAll, isOwn }: Told): void {
  if (!isForAll && !isOwn) return;
  const { session, user } = call;
  const skip = session.connection;
  const isKept = isForAll && topic.contacts.size > 0 && context.behaviour.fires('contacts-not-told-of-update');
  if (isForAll && topic.kind === 'me' && !isKept) tellContacts(context, topic, user, 'upd');
  else if (isForAll) tellMembers(context, topic, { what: 'upd' }, { except: user, skip });
  const isReader = topic.sessions.occupantOf(skip)?.isReader ?? false;
  const subscription = subscriptionOf(topic, user, isReader);
  const mode = subscription ? modeOf(subscription) : 'N';
  if (allows(mode, 'P') || allows(mode, 'J')) {
    tellUser(context, user, { what: 'upd', src: nameFor(topic, user, isReader) }, { skip });
  }
}
