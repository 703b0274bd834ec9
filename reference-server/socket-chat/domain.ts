/** A chat server as FORMAT.md has it, without sockets and without a clock: lines in, what to send and whom to close out. */
import type { OpenPair } from '../core/datagrams.ts';
import type { Later } from '../core/later.ts';
import { createOutbox, type Outbound, type Outbox } from '../core/outbound.ts';
import { type ConnectionId, createRegistry } from '../core/registry.ts';
import { createAccounts } from './accounts.ts';
import { createCalls } from './calls.ts';
import type { Actor, Call, Context, SocketChatBehaviour } from './context.ts';
import { createFaultMemory } from './fault-memory.ts';
import { logIn, logOut } from './login.ts';
import { createMailboxes } from './mailboxes.ts';
import { sendMessage, sendOfStranger } from './messages.ts';
import { createOneTimePasswords } from './one-time-passwords.ts';
import { register, verify } from './registration.ts';
import { createReplies } from './replies.ts';
import { type Malformed, type Request, readRequest } from './requests.ts';

export interface SocketChatOptions {
  readonly behaviour: SocketChatBehaviour;
  readonly later: Later;
  readonly openPair: OpenPair;
  /** Where clients reach the ports of a pair. */
  readonly ip: string;
  readonly callMs: number;
  readonly silenceMs: number;
  /** A one-time password: four digits. */
  readonly makePassword: () => string;
  /** Whether it makes others each time. */
  readonly passwordsDiffer: boolean;
  readonly mail: (email: string, password: string) => void;
}

export interface SocketChatDomain {
  connect(connection: ConnectionId): readonly Outbound[];
  /** Never throws; a client may write anything. */
  receive(connection: ConnectionId, line: Uint8Array): readonly Outbound[];
  disconnect(connection: ConnectionId): readonly Outbound[];
}

export function createSocketChat(options: SocketChatOptions): SocketChatDomain {
  const loggedIn = new Set<ConnectionId>();
  const context = createContext(options, loggedIn);
  const { behaviour, calls, oneTimePasswords, registry } = context;

  function note(connection: ConnectionId): void {
    if (registry.occupantOf(connection)) loggedIn.add(connection);
    else loggedIn.delete(connection);
  }

  return {
    connect: () => [],
    receive(connection, line) {
      const outbox = createOutbox();
      answer(context, connection, outbox, readRequest(line, behaviour));
      note(connection);
      return outbox.items;
    },
    disconnect(connection) {
      const outbox = createOutbox();
      calls.leave(connection, outbox);
      oneTimePasswords.drop(connection);
      registry.release(connection);
      context.faultMemory.verifiedConnections.delete(connection);
      note(connection);
      return outbox.items;
    },
  };
}

function answer(context: Context, connection: ConnectionId, outbox: Outbox, request: Request | Malformed): void {
  const { behaviour, registry } = context;
  if (request.type === 'malformed') return refuse(context, connection, outbox, request);
  const actor = registry.occupantOf(connection);
  if (request.type === 'registration' || request.type === 'verify' || request.type === 'login') {
    if (actor && !behaviour.fires('entered-twice'))
      return fail(context, connection, outbox, request.type, 'you are logged in');
    return enter(context, connection, outbox, request);
  }
  if (actor) return serve(context, { connection, account: actor.account, outbox }, request);
  // Registration and Login: the first message of a connection is one of these.
  if (request.type === 'users' && showsUsers(context, connection))
    return serveUsers(context, connection, outbox, undefined);
  if (request.type === 'message' && behaviour.fires('message-before-login-unanswered')) return;
  if (request.type === 'message' && behaviour.fires('message-before-login-delivered'))
    sendOfStranger(context, outbox, request);
  const type = behaviour.varies('general-before-login') ? 'general' : request.type;
  fail(context, connection, outbox, type, 'log in first');
}

function showsUsers({ behaviour, faultMemory }: Context, connection: ConnectionId): boolean {
  const isVerified = faultMemory.verifiedConnections.has(connection);
  return (isVerified && behaviour.fires('users-shown-after-verify')) || behaviour.fires('users-shown-to-strangers');
}

type Entry = Extract<Request, { type: 'registration' | 'verify' | 'login' }>;

function enter(context: Context, connection: ConnectionId, outbox: Outbox, request: Entry): void {
  if (request.type === 'registration') register(context, connection, outbox, request);
  else if (request.type === 'verify') verify(context, connection, outbox, request.otp);
  else logIn(context, connection, outbox, request);
}

function serve(context: Context, call: Call, request: Exclude<Request, Entry>): void {
  const { calls } = context;
  if (request.type === 'logout') logOut(context, call);
  else if (request.type === 'users') serveUsers(context, call.connection, call.outbox, call.account.email);
  else if (request.type === 'message') sendMessage(context, call, request);
  else calls[request.event](call, request.email);
}

/** FORMAT.md, User List: everybody who is registered, also those who are not there. */
function serveUsers(context: Context, connection: ConnectionId, outbox: Outbox, asking: string | undefined): void {
  const { accounts, behaviour, oneTimePasswords, registry, replies } = context;
  let listed = accounts.all();
  const present = listed.filter(({ email }) => registry.connectionsOf([email]).length > 0);
  if (present.length < listed.length && behaviour.fires('users-only-logged-in')) listed = present;
  if (behaviour.fires('users-without-oneself')) listed = listed.filter(({ email }) => email !== asking);
  const pending = [...oneTimePasswords.pending()];
  if (pending.length > 0 && behaviour.fires('users-not-verified-yet')) listed = [...listed, ...pending];
  if (behaviour.fires('users-listed-twice')) listed = [...listed, ...listed];
  outbox.send([connection], replies.users(listed));
}

/** FORMAT.md, Error. What cannot be read has no type of request, so it gets one that says so. */
function refuse(
  { behaviour, replies }: Context,
  connection: ConnectionId,
  outbox: Outbox,
  { lacks, of, unknownType, why }: Malformed,
): void {
  if (lacks === 'form' && behaviour.fires('unreadable-line-unanswered')) return;
  if (lacks === 'type' && behaviour.fires('unknown-type-unanswered')) return;
  const isEntry = of === 'registration' || of === 'verify' || of === 'login';
  const echoed = unknownType !== undefined && behaviour.varies('unknown-type-named') ? unknownType : 'general';
  outbox.send([connection], replies.error(isEntry ? 'failed' : 'invalid', of ?? echoed, why));
  if (lacks !== 'content' && behaviour.fires('error-closes')) outbox.close(connection, 0, why);
}

function fail({ replies }: Context, connection: ConnectionId, outbox: Outbox, type: string, why: string): void {
  outbox.send([connection], replies.error('failed', type, why));
}

function createContext(options: SocketChatOptions, loggedIn: ReadonlySet<ConnectionId>): Context {
  const { behaviour, makePassword, passwordsDiffer, mail } = options;
  const accounts = createAccounts();
  const registry = createRegistry<Actor>();
  const replies = createReplies(behaviour);
  let named = 0;
  return {
    behaviour,
    accounts,
    registry,
    replies,
    loggedIn,
    faultMemory: createFaultMemory(),
    oneTimePasswords: createOneTimePasswords({ behaviour, make: makePassword, differ: passwordsDiffer, mail }),
    mailboxes: createMailboxes(),
    calls: createCalls({ ...options, accounts, registry, replies }),
    nextNumber: () => ++named,
  };
}
