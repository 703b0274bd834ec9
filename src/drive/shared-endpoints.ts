import type { Pack } from '../foundation/pack.ts';

type Endpoints = Readonly<Record<string, string>>;

/** With those of transports that are at the endpoint of another: its host and port, for their own path comes from the pack. */
export function withSharedEndpoints(pack: Pack, endpoints: Endpoints): Endpoints {
  const shared = [...pack.transports.values()].flatMap(({ name, endpoint }): (readonly [string, string])[] => {
    const of = endpoint === undefined || endpoints[name] !== undefined ? undefined : endpoints[endpoint];
    return of === undefined ? [] : [[name, of.replace(/^((?:\w+:\/\/)?[^/?]*).*$/, '$1')]];
  });
  return shared.length === 0 ? endpoints : { ...endpoints, ...Object.fromEntries(shared) };
}
