/** When others are told that somebody, or a group, is there. */
import { allows, writeDelta } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import type { Context, Session } from './context.ts';
import { modeIn, sharers } from './modes.ts';
import { nameFor, peerOf } from './names.ts';
import { isOfInterest, route, tellAttached, tellMembers, tellUser } from './tell.ts';
import type { Attendee, Subscription, Topic } from './topic.ts';

/** A session has attached. */
export function announceArrival(context: Context, topic: Topic, session: Session, { user, isReader }: Attendee): void {
  if (topic.kind === 'me' && !topic.isAnnounced) {
    topic.isAnnounced = true;
    findContacts(context, topic, user);
    tellContacts(context, topic, user, 'on', session.userAgent);
  }
  if (topic.kind !== 'group' || (isReader && !context.behaviour.fires('readers-seen'))) return;
  if (!topic.isAnnounced) {
    topic.isAnnounced = true;
    const wanted = allows(modeIn(topic, { user, isReader }), 'P') ? 'on+en' : 'on';
    tellMembers(context, topic, { what: wanted });
  } else if (topic.sessions.connectionsOf([user]).length === 1) {
    tellAttached(context, topic, { what: 'on', src: user }, { needs: ['R'], skip: session.connection });
  }
}

function findContacts({ topics }: Context, me: Topic, user: UserId): void {
  for (const topic of topics.conversationsOf(user)) {
    if (topic.kind !== 'p2p' && topic.kind !== 'group') continue;
    const isEnabled = allows(modeIn(topic, { user, isReader: false }), 'P');
    me.contacts.set(nameFor(topic, user), { isOnline: false, isEnabled });
  }
}

/** To everybody whom the user has to do with, and to their groups. */
export function tellContacts(context: Context, me: Topic, user: UserId, what: string, ua?: string): void {
  const [word] = what.split('+');
  for (const [name, contact] of [...me.contacts]) {
    const isForOnline = word === 'upd' || word === 'ua';
    if (isForOnline && !contact.isOnline) continue;
    const group = isForOnline ? context.topics.group(name) : undefined;
    if (group) tellAttached(context, group, { what, src: user, ua });
    else route(context, name, { what, src: user, ua }, { wantsReply: word === 'on' });
    if (what.endsWith('+dis')) contact.isOnline = false;
  }
}

/** The topic has stopped: nobody has been there for a while. */
export function announceEnd(context: Context, topic: Topic): void {
  if (topic.kind === 'me') tellContacts(context, topic, topic.users[0]!, 'off', topic.activeAgent);
  if (topic.kind === 'group' && !context.behaviour.fires('group-off-not-told')) {
    tellMembers(context, topic, { what: 'off' });
  }
}

/** One of a user's sessions is active: if its program is another than before, others are told of it, after a while. */
export function noteActivity(context: Context, session: Session): void {
  const { topics, timers, later } = context;
  if (session.user === undefined || session.userAgent === '') return;
  const me = topics.me(session.user);
  const user = session.user;
  if (!session.topics.has(me) || me.activeAgent === session.userAgent) return;
  me.activeAgent = session.userAgent;
  me.stopTellingAgent?.();
  me.stopTellingAgent = later(timers.agentMs, () => {
    me.stopTellingAgent = undefined;
    if (me.activeAgent === me.agent) return;
    me.agent = me.activeAgent;
    if (!context.behaviour.fires('agent-not-told')) tellContacts(context, me, user, 'ua', me.agent);
  });
}

interface AccessChange {
  readonly user: UserId;
  readonly actor: UserId;
  readonly isReader: boolean;
  /** Undefined before there was a subscription, and after. */
  readonly before: { readonly want: string; readonly given: string } | undefined;
  readonly after: { readonly want: string; readonly given: string } | undefined;
  readonly skip: number | undefined;
}

/** What somebody may do in a topic is no longer what it was. */
export function announceAccess(context: Context, topic: Topic, change: AccessChange): void {
  const { user, actor, before, after, skip } = change;
  const dacs = { want: deltaOf(before?.want, after?.want), given: deltaOf(before?.given, after?.given) };
  const notice = { what: 'acs', src: user, target: user, actor, dacs };
  const isForAll = context.behaviour.fires('access-told-to-all');
  const audience = { needs: isForAll ? undefined : sharers, except: user, skip };
  tellAttached(context, topic, notice, audience);
  const asksForMore = after && writeDelta(after.given, after.want).includes('+');
  if (asksForMore || before?.want === 'N') tellMembers(context, topic, notice, { ...audience, unlessAttached: true });
  if (!after) return announceDeparture(context, topic, change);

  const interest = interestOf(before, after);
  if (interest === 'lost') loseInterest(context, topic, change);
  tellAttached(context, topic, { what: 'acs', dacs }, { only: user, skip, atOnce: true });
  tellUser(context, user, { ...notice, src: nameFor(topic, user, change.isReader) }, { skip, unlessIn: topic });
  if (interest === 'found') findInterest(context, topic, change);
}

type Access = NonNullable<AccessChange['after']>;

function interestOf(before: Access | undefined, after: Access): 'lost' | 'found' | undefined {
  const was = before !== undefined && allows(modeOf(before), 'P');
  const is = allows(modeOf(after), 'P');
  if (was === is) return undefined;
  return is ? 'found' : 'lost';
}

/** Whoever gives up presence is shown everything as offline, and not told of it any more. */
function loseInterest(context: Context, topic: Topic, { user, isReader }: AccessChange): void {
  if (topic.kind === 'p2p') tellUser(context, user, { what: 'off+dis', src: peerOf(topic, user) });
  if (topic.kind === 'group' && !isReader) tellUser(context, user, { what: 'off+dis', src: topic.key });
}

/** Whoever has it again is told how things stand. */
function findInterest(context: Context, topic: Topic, { user, isReader }: AccessChange): void {
  if (topic.kind === 'group' && !isReader) {
    tellUser(context, user, { what: '?unkn+en', src: topic.key }, { wantsReply: true });
  } else if (topic.kind === 'me') {
    tellContacts(context, topic, user, 'on+en', topic.agent);
  }
}

function announceDeparture(context: Context, topic: Topic, { user, isReader, skip }: AccessChange): void {
  if (topic.kind === 'p2p') {
    tellUser(context, user, { what: 'gone', src: peerOf(topic, user) }, { skip });
    tellUser(context, peerOf(topic, user), { what: 'off', src: user });
  } else if (topic.kind === 'group' && !isReader) {
    tellAttached(context, topic, { what: 'off', src: user }, { needs: sharers, except: user, skip });
    tellUser(context, user, { what: 'gone', src: topic.key }, { skip });
  }
}

/** Two who have just begun a conversation hear of each other. */
export function introducePair(context: Context, topic: Topic, user: UserId): void {
  const peer = peerOf(topic, user);
  const theirs = topic.subscriptions.get(peer);
  if (!theirs) return;
  const mode = modeOf(theirs);
  if (isOfInterest(mode, '?none')) tellUser(context, user, { what: '?none+en', src: peer });
  if (isOfInterest(mode, '?unkn')) tellUser(context, peer, { what: '?unkn+en', src: user }, { wantsReply: true });
}

export function tellNewPeer(context: Context, topic: Topic, user: UserId): void {
  const peer = peerOf(topic, user);
  const theirs = topic.subscriptions.get(peer) as Subscription;
  const dacs = { want: theirs.want, given: theirs.given };
  tellUser(context, peer, { what: 'acs', src: user, actor: user, dacs });
}

function deltaOf(before: string | undefined, after: string | undefined): string {
  if (after === undefined) return 'N';
  return before === undefined || before === 'N' ? after : writeDelta(before, after);
}
