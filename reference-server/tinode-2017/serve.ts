/** Who may ask for what: first hi, then acc or login, then everything else. */
import { createAccount } from './accounts.ts';
import { answer, type Call, type Context, isUserSession, type Session } from './context.ts';
import { get } from './get.ts';
import { leave } from './leave.ts';
import { logIn } from './login.ts';
import { publish } from './publish.ts';
import type { Request, RequestOf } from './requests.ts';
import { set } from './set.ts';
import { subscribeTo } from './subscribe.ts';

export function serve(context: Context, call: Call<Session>, request: Request): void {
  const { behaviour } = context;
  const { session } = call;
  if (request.kind === 'hi') return greet(context, call, request);
  if (!session.greeted && !behaviour.fires('served-before-hi')) {
    return answer(context, call, request.id, 'outOfSequence');
  }

  switch (request.kind) {
    case 'malformed':
      return answer(context, call, request.id, 'malformed');
    case 'acc':
      return createAccount(context, call, request);
    case 'login':
      return logIn(context, call, request);
    default:
      if (!isUserSession(session)) {
        const served = request.kind === 'sub' && behaviour.fires('served-before-login');
        return answer(context, call, request.id, served ? 'ok' : 'authenticationRequired');
      }
      return serveUser(context, { ...call, session }, request);
  }
}

type OfUsers = Exclude<Request['kind'], 'hi' | 'acc' | 'login' | 'malformed'>;

function serveUser(context: Context, call: Call, request: RequestOf<OfUsers>): void {
  switch (request.kind) {
    case 'sub':
      return subscribeTo(context, call, request);
    case 'leave':
      return leave(context, call, request);
    case 'pub':
      return publish(context, call, request);
    case 'get':
      return get(context, call, request);
    case 'set':
      return set(context, call, request);
  }
}

function greet(context: Context, call: Call<Session>, { id, version, userAgent }: RequestOf<'hi'>): void {
  const { behaviour } = context;
  const { session, outbox } = call;
  if (version !== supportedVersion && !behaviour.fires('any-version-accepted')) {
    answer(context, call, id, 'versionNotSupported');
    if (behaviour.fires('closes-on-unsupported-version'))
      outbox.close(session.connection, 1002, 'version not supported');
    return;
  }
  session.greeted = true;
  session.userAgent = userAgent;
  answer(context, call, id, 'created', { params: { build: '', ver: supportedVersion } });
}

const supportedVersion = '0.13';
