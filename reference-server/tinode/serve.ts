/** Who may ask for what: first hi, then acc or login, then everything else. */

import { readsAsUser } from '../tinode-core/topic-name.ts';
import type { Level } from './account.ts';
import { changeAccount } from './account-changes.ts';
import { createAccount } from './accounts.ts';
import { answer, type Call, type Context, type Session, type UserCall } from './context.ts';
import { del } from './delete.ts';
import { evictSession } from './evict-sessions.ts';
import { get } from './get.ts';
import { greet } from './hello.ts';
import { leave } from './leave.ts';
import { logIn } from './login.ts';
import { note } from './notes.ts';
import { noteActivity } from './presence.ts';
import { publish } from './publish.ts';
import { type Extra, type Frame, type Request, readFrame } from './requests.ts';
import { set } from './set.ts';
import { subscribe } from './subscribe.ts';

export function serve(context: Context, session: Session, text: string): void {
  // Whoever wants to know whether the server is there sends 1.
  if (text === '1') return context.outbox.send([session.connection], '0');
  const frame = readFrame(text);
  if (!frame) {
    answer(context, callOf(session, {}), 'malformed');
    if (context.behaviour.fires('malformed-ends-session')) evictSession(context, session.connection);
    return;
  }
  session.lastActive = context.nowMs();
  serveFrame(context, session, frame);
}

function serveFrame(context: Context, session: Session, { request, extra }: Frame): void {
  const who = readWho(context, session, extra);
  if (typeof who === 'string') return answer(context, callOf(session, {}), who);
  if (!request) return answer(context, callOf(session, {}), 'malformed');
  const call: Call = { ...callOf(session, request.body), ...who };
  // Whoever leaves, or only logs in, is not active.
  if (active.includes(request.kind)) noteActivity(context, session);
  serveRequest(context, call, request);
}

interface Named {
  readonly id?: string | undefined;
  readonly topic?: string | undefined;
}

function callOf(session: Session, { id, topic }: Named): Call {
  return { session, id: id || undefined, topic, user: session.user, level: session.level };
}

/** Root may act for others. */
function readWho(
  { behaviour }: Context,
  session: Session,
  extra: Extra | undefined,
): Pick<Call, 'user' | 'level'> | 'permissionDenied' | 'malformed' {
  const level = levels.find(each => each === extra?.authlevel);
  if (!extra?.obo && level === undefined) return { user: session.user, level: session.level };
  if (session.level !== 'root' && !behaviour.fires('anybody-acts-for-others')) return 'permissionDenied';
  const standard =
    extra?.obo !== undefined && level === undefined && behaviour.fires('root-for-others') ? 'root' : 'auth';
  return readsAsUser(extra?.obo ?? '') ? { user: extra!.obo, level: level ?? standard } : 'malformed';
}

const levels: readonly Level[] = ['anon', 'auth', 'root'];
const active: readonly Request['kind'][] = ['pub', 'sub', 'get', 'set', 'note'];

function serveRequest(context: Context, call: Call, request: Request): void {
  const { session } = call;
  if (request.kind === 'hi') return greet(context, call, request.body);
  if (session.version === undefined) {
    if (request.kind !== 'note') answer(context, call, 'outOfSequence', { topic: undefined });
    return;
  }
  if (request.kind === 'acc') {
    const isNew = request.body.user?.startsWith('new') ?? false;
    return isNew ? createAccount(context, call, request.body) : changeAccount(context, call, request.body);
  }
  if (request.kind === 'login') return logIn(context, call, request.body);
  const { user, level, topic = '' } = call;
  if (user === undefined || level === undefined) {
    if (request.kind !== 'note') answer(context, call, 'authenticationRequired');
    return;
  }
  serveUser(context, { ...call, user, level, topic }, request);
}

type OfUsers = Exclude<Request, { kind: 'hi' | 'acc' | 'login' }>;

function serveUser(context: Context, call: UserCall, request: OfUsers): void {
  switch (request.kind) {
    case 'sub':
      return subscribe(context, call, request.body);
    case 'leave':
      return leave(context, call, request.body);
    case 'pub':
      return publish(context, call, request.body);
    case 'get':
      return get(context, call, request.body);
    case 'set':
      return set(context, call, request.body);
    case 'del':
      return del(context, call, request.body);
    case 'note':
      return note(context, { ...call, id: undefined }, request.body);
  }
}
