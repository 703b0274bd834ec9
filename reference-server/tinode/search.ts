/** fnd: who and what has the tags that somebody looks for. */
import { intersectModes } from '../tinode-core/access-mode.ts';
import { readsAsUser, type UserId } from '../tinode-core/topic-name.ts';
import { writeTime } from '../tinode-core/wire-time.ts';
import type { Account } from './account.ts';
import type { Context, Session, UserCall } from './context.ts';
import { countOf } from './descriptions.ts';
import { readerMode } from './modes.ts';
import { nameFor } from './names.ts';
import { partsIn } from './parts.ts';
import type { Request } from './requests.ts';
import { type Query, readQuery } from './search-query.ts';
import { isReadOnly } from './suspension.ts';
import { isPlainTag, namespaceOf } from './tags.ts';
import type { Topic } from './topic.ts';

export interface Search {
  readonly user: UserId;
  readonly query: string;
}

/** What would be looked for; undefined if the request is no search. */
export function searchIn(context: Context, session: Session, { kind, body }: Request): Search | undefined {
  const { user } = session;
  if (user === undefined || (kind !== 'get' && kind !== 'sub') || body.topic !== 'fnd') return undefined;
  const parts = partsIn(kind === 'get' ? body.what : body.get?.what);
  const fnd = context.topics.fnd(user);
  const isServed = kind === 'sub' || session.topics.has(fnd);
  if (!isServed || !(parts.includes('sub') || parts.includes('tags'))) return undefined;
  const query = queryOf(context, fnd, { session, user });
  return query === '' ? undefined : { user, query };
}

/** What this session looks for; if nothing, what its user always does. */
function queryOf({ behaviour }: Context, fnd: Topic, { session, user }: Pick<UserCall, 'session' | 'user'>): string {
  if (session.found && 'query' in session.found) return session.found.query;
  const isQuery = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const own = fnd.queries.get(session.connection);
  const kept = fnd.subscriptions.get(user)?.private;
  if (isQuery(own) && !(isQuery(kept) && behaviour.fires('stored-query-first'))) return own;
  return isQuery(kept) ? kept : '';
}

/** Those with the most of the tags come first. Who is suspended is seen by root only. */
export function rowsFound(context: Context, call: UserCall, fnd: Topic): object[] {
  const { found: told } = call.session;
  if (told && 'rows' in told) return told.rows.map(toldRow);
  const query = readQuery(queryOf(context, fnd, call));
  if (!query) return [];
  const { behaviour } = context;
  const isAll = query.any.length > 0 && behaviour.fires('every-term-needed');
  const wanted = rewriteQuery(context, isAll ? { all: [...query.all, ...query.any], any: [] } : query);
  const accounts = context.accounts.all().filter(({ id }) => id !== call.user);
  const found = [
    ...accounts
      .filter(account => isShown(call, account.isSuspended) || behaviour.fires('suspended-found'))
      .flatMap(each => withMatches(context, each, wanted)),
    ...context.topics
      .all()
      .filter(topic => topic.kind === 'group' && isShown(call, isReadOnly(context, topic)))
      .flatMap(each => withMatches(context, each, wanted)),
  ];
  const isReversed = found.length > 1 && behaviour.varies('finds-reversed');
  const sorted = (isReversed ? found.toReversed() : found).toSorted(
    (one, other) => other.matched.length - one.matched.length,
  );
  return sorted.map(({ item, matched }) =>
    'login' in item ? accountRow(call, item, matched) : groupRow(call, item, matched),
  );
}

function isShown({ level }: UserCall, isSuspended: boolean): boolean {
  return !isSuspended || level === 'root';
}

interface Wanted {
  /** At least one of each of these lists. */
  readonly all: readonly (readonly string[])[];
  readonly any: readonly string[];
}

function rewriteQuery(context: Context, { all, any }: Query): Wanted {
  const rewritten = all.map(tag => spellings(context, tag)).filter(tags => tags.length > 0);
  return { all: rewritten, any: any.flatMap(tag => spellings(context, tag)) };
}

/** An address is also looked for as the tag that the server gives to whoever has confirmed it. */
function spellings({ profile }: Context, tag: string): string[] {
  if (namespaceOf(tag) !== undefined) return [tag];
  if (profile.validatesEmail && emailPattern.test(tag)) return [tag, `email:${tag}`];
  return isPlainTag(tag) ? [tag] : [];
}

interface Found<T> {
  readonly item: T;
  readonly matched: readonly string[];
}

function withMatches<T extends Account | Topic>({ behaviour }: Context, item: T, { all, any }: Wanted): Found<T>[] {
  const begins = (tag: string) => item.tags.some(each => each.startsWith(tag));
  const has = (tag: string) =>
    item.tags.includes(tag) || (begins(tag) && behaviour.fires('tag-found-by-its-beginning'));
  if (all.length + any.length === 0 || !all.every(tags => tags.some(has))) return [];
  if (all.length === 0 && !any.some(has)) return [];
  const matched = [...new Set([...all.flat(), ...any])].filter(has);
  const showsAll = matched.length < item.tags.length && behaviour.fires('all-tags-shown');
  return [{ item, matched: showsAll ? item.tags : matched }];
}

function accountRow({ level }: UserCall, account: Account, matched: readonly string[]): object {
  return {
    topic: account.id,
    updated: writeTime(account.updatedMs),
    acs: { mode: level === 'anon' ? account.access.anon : account.access.auth },
    public: account.public,
    trusted: account.trusted,
    private: matched,
  };
}

function groupRow({ user, level }: UserCall, group: Topic, matched: readonly string[]): object {
  const own = level === 'anon' ? group.access.anon : group.access.auth;
  return {
    topic: nameFor(group, user, group.isChannel),
    updated: writeTime(group.updatedMs),
    acs: { mode: group.isChannel ? readerMode : own },
    subcnt: countOf(group),
    public: group.public,
    trusted: group.trusted,
    private: matched,
  };
}

/** As a plugin tells it, which names users without the letters that say so. */
function toldRow({ user, topic, updated, acs, public: shown, trusted, private: matched }: ToldRow): object {
  const named = `usr${user ?? ''}`;
  const { want = 'N', given = 'N' } = (acs ?? {}) as { readonly want?: string; readonly given?: string };
  return {
    user: readsAsUser(named) ? named : undefined,
    topic,
    updated,
    acs: { want, given, mode: intersectModes(want, given) },
    public: shown,
    trusted,
    private: matched,
  };
}

type ToldRow = Readonly<Record<string, unknown>>;

/** Who has the one tag, with its namespace, that this session looks for. */
export function findOne(context: Context, fnd: Topic, { session }: UserCall): string | undefined {
  const { accounts, topics } = context;
  const { found } = session;
  if (found && 'rows' in found) return found.rows[0]?.topic as string | undefined;
  const tag = found ? found.query : fnd.queries.get(session.connection);
  return typeof tag === 'string' && namespaceOf(tag) !== undefined ? holderOf({ accounts, topics }, tag) : undefined;
}

export function holderOf({ accounts, topics }: Pick<Context, 'accounts' | 'topics'>, tag: string): string | undefined {
  const group = topics.all().find(topic => topic.kind === 'group' && topic.tags.includes(tag));
  return accounts.withTags([tag])[0]?.id ?? group?.key;
}

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
