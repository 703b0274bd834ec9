import type { Connection, ConnectionSink, ConnectOptions } from './connection.ts';
import type { Endpoint } from './endpoint.ts';

/** What each kind of transport is: as `OpenConnection`, but it may throw before anything has happened. */
export type OpenTransport = (
  endpoint: Endpoint,
  options: ConnectOptions,
  nowUs: () => number,
  sink: ConnectionSink,
) => Omit<Connection, 'transport'>;
