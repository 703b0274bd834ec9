/** Who is told what happens elsewhere: on `me`, or in the topic that it happens in. */
import type { ConnectionId } from '../core/registry.ts';
import { type AccessLetter, type AccessMode, allows, allowsAny } from '../tinode-core/access-mode.ts';
import { modeOf } from '../tinode-core/topic.ts';
import type { UserId } from '../tinode-core/topic-name.ts';
import { hear } from './contacts.ts';
import type { Context } from './context.ts';
import { writePres } from './frames.ts';
import { modeIn } from './modes.ts';
import { nameFor } from './names.ts';
import type { Span, Topic } from './topic.ts';

export interface Notice {
  readonly what: string;
  /** A user, or a group; undefined where the topic says it all. */
  readonly src?: string | undefined;
  readonly ua?: string | undefined;
  readonly seq?: number;
  readonly clear?: number;
  readonly spans?: readonly Span[];
  /** Who did it, and to whom: left out where it is the receiver, or the source. */
  readonly actor?: UserId | undefined;
  readonly target?: UserId | undefined;
  readonly dacs?: { readonly want?: string | undefined; readonly given?: string | undefined } | undefined;
}

export interface Audience {
  /** At least one of these. */
  readonly needs?: readonly AccessLetter[] | undefined;
  readonly only?: UserId | undefined;
  readonly except?: UserId | undefined;
  /** The session that did it. */
  readonly skip?: ConnectionId | undefined;
  /** Before the request is answered. */
  readonly atOnce?: boolean;
}

/** To sessions that are attached to the topic. */
export function tellAttached(context: Context, topic: Topic, notice: Notice, audience: Audience = {}): void {
  const { needs, only, except, skip, atOnce } = audience;
  const outbox = atOnce ? context.outbox : context.aside;
  const receivers = new Map<string, ConnectionId[]>();
  for (const [connection, who] of topic.sessions.everybody()) {
    if (connection === skip || who.user === except || (only !== undefined && who.user !== only)) continue;
    const mode = modeIn(topic, who);
    if (!mayHear(mode, notice.what) || (needs && !allowsAny(mode, needs))) continue;
    const name = nameFor(topic, who.user, who.isReader);
    const known = receivers.get(name);
    if (known) known.push(connection);
    else receivers.set(name, [connection]);
  }
  for (const [name, to] of receivers) outbox.send(to, frameOf(notice, name, notice.src));
}

/** To everybody who is subscribed, on their me. */
export function tellMembers(
  context: Context,
  topic: Topic,
  notice: Notice,
  audience: Audience & { readonly unlessAttached?: boolean } = {},
): void {
  const { needs, except, skip, unlessAttached } = audience;
  for (const [user, subscription] of topic.subscriptions) {
    const mode = modeOf(subscription);
    if (user === except || !isOfInterest(mode, notice.what, needs)) continue;
    tellUser(
      context,
      user,
      { ...notice, src: nameFor(topic, user) },
      { skip, unlessIn: unlessAttached ? topic : undefined },
    );
  }
}

interface OnMe {
  readonly skip?: ConnectionId | undefined;
  /** Sessions that are attached there see it there. */
  readonly unlessIn?: Topic | undefined;
  readonly wantsReply?: boolean;
}

/** To one user, on their me. If it is not running nobody hears it. */
export function tellUser(context: Context, user: UserId, notice: Notice & { src: string }, how: OnMe = {}): void {
  const { behaviour, topics, sessions, aside } = context;
  const me = topics.me(user);
  if (!me.isRunning) return;
  const { wantsReply = false } = how;
  const { told: due, reply } = hear(me, { what: notice.what, from: notice.src, wantsReply });
  const isInternal = due === undefined && notice.what.startsWith('?');
  const told = isInternal && behaviour.fires('internal-words-told') ? notice.what : due;
  if (told !== undefined) {
    const mode = modeIn(me, { user, isReader: false });
    const frame = frameOf({ ...notice, what: told }, 'me', user);
    const isIn = (connection: ConnectionId) => how.unlessIn && sessions.get(connection)?.topics.has(how.unlessIn);
    const to = me.sessions.connectionsOf([user]).filter(each => each !== how.skip && !isIn(each));
    if (mayHear(mode, told)) aside.send(to, frame);
  }
  if (reply !== undefined) {
    route(context, notice.src, { what: reply, src: user }, { wantsReply: notice.what.startsWith('?unkn') });
  }
}

/** To a user or to a group, by name. Groups answer that they are on, if they are. */
export function route(context: Context, to: string, notice: Notice & { src: string }, how: OnMe = {}): void {
  if (!to.startsWith('grp')) return tellUser(context, to, notice, how);
  const group = context.topics.group(to);
  if (!group?.isRunning) return;
  const [word] = notice.what.split('+');
  if (how.wantsReply && (word === 'on' || word === '?unkn')) {
    tellUser(context, notice.src, { what: 'on', src: to }, { wantsReply: word === '?unkn' });
  }
}

/** Access changes and ends are told to everybody; a change of what is shown to whoever may join; the rest to whoever wants it. */
export function isOfInterest(mode: AccessMode, what: string, needs?: readonly AccessLetter[]): boolean {
  if (what === 'acs' || what === 'gone') return true;
  if (what === 'upd' && allows(mode, 'J')) return true;
  return allows(mode, 'P') && (!needs || allowsAny(mode, needs));
}

function mayHear(mode: AccessMode, what: string): boolean {
  return what === 'acs' || what === 'gone' || allows(mode, 'P');
}

/** `known` is who needs no telling that they did it, or that it was done to them. */
function frameOf(notice: Notice, topic: string, known: string | undefined): string {
  const { what, src, ua, seq, clear, spans, actor, target, dacs } = notice;
  return writePres({
    topic,
    src,
    what,
    ua: ua || undefined,
    seq,
    clear,
    delseq: spans?.map(writeSpan),
    tgt: target === known ? undefined : target,
    act: actor === known ? undefined : actor,
    dacs:
      dacs && (dacs.want || dacs.given) ? { want: dacs.want || undefined, given: dacs.given || undefined } : undefined,
  });
}

export function writeSpan({ low, hi }: Span): object {
  return { low: low || undefined, hi: hi > low + 1 ? hi : undefined };
}
