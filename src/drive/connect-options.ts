import { AntiphonError } from '../foundation/errors.ts';
import type { Pack } from '../foundation/pack.ts';
import type { ConnectAction } from '../scenario/interpret/action.ts';
import type { ConnectOptions } from '../transports/connection.ts';
import { endpointUrl, joinEndpoint, parseEndpoint } from '../transports/endpoint.ts';

/** The most bytes of one message in memory: far above every pack's limit, so that a frame over it is a finding. */
export const keepBytes = 16 * 1_048_576;

/** How a target is reached, in plain data: endpoints by transport, with secrets in their places. */
export interface TargetReach {
  readonly endpoints: Readonly<Record<string, string>>;
  readonly tls?: NonNullable<ConnectOptions['tls']>;
}

/** What a client needs to connect: the target's endpoint, with what the step changes. */
export function connectOptionsFor(
  pack: Pack,
  { endpoints, tls }: TargetReach,
  transport: string,
  action: ConnectAction,
): Omit<ConnectOptions, 'timeoutUs'> {
  const profile = pack.transports.get(transport)!;
  const url = endpoints[transport];
  const overridden = action.host !== undefined && action.port !== undefined;
  if (url === undefined && !overridden) {
    throw new AntiphonError(
      'usage',
      'no-endpoint',
      `The target was expected to have an endpoint for the transport \`${transport}\`; it has ${Object.keys(endpoints).join(', ') || 'none'}. Add it under \`endpoints\` in the target file.`,
    );
  }
  const base = parseEndpoint(profile.kind, url ?? `${action.host}:${action.port}`);
  // The pack's own path where the target names none.
  const path = action.path ?? (base.path === '' ? profile.path : undefined);
  const endpoint = joinEndpoint(base, {
    ...(action.host === undefined ? {} : { host: action.host }),
    ...(action.port === undefined ? {} : { port: action.port }),
    ...(path === undefined ? {} : { path }),
    ...(Object.keys(action.query).length > 0 ? { query: action.query } : {}),
  });
  return {
    kind: profile.kind,
    url: endpointUrl(endpoint),
    headers: action.headers,
    subprotocols: action.subprotocols,
    pong: action.pong,
    ...(profile.session ? { session: profile.session } : {}),
    ...(tls ? { tls } : {}),
    keepBytes,
  };
}
