/**
 * Registrations that wait for their one-time password. It belongs to the connection that asked: a later registration on it takes the
 * place of the earlier one, and a wrong guess changes nothing.
 */
import type { ConnectionId } from '../core/registry.ts';
import type { SocketChatBehaviour } from './context.ts';
import type { Registration } from './requests.ts';

export interface OneTimePasswords {
  /** Makes a password for this registration and mails it. */
  issue(connection: ConnectionId, registration: Registration): void;
  /** The registration that this password is right for. It stays until it is dropped. */
  match(connection: ConnectionId, password: string): Registration | undefined;
  drop(connection: ConnectionId): void;
  /** Whether a registration on the connection waits. Only a fault asks. */
  waits(connection: ConnectionId): boolean;
  /** Earlier registrations on the connection, which the one that waits has replaced. Only a fault asks. */
  replaced(connection: ConnectionId): readonly Registration[];
  /** All that wait. */
  pending(): Iterable<Registration>;
}

export interface OneTimePasswordOptions {
  readonly behaviour: SocketChatBehaviour;
  /** Four digits, by chance or always the same. */
  readonly make: () => string;
  /** Whether a password tells whose it is. Not if all are the same: then a fault that mixes them up would break what it does not name. */
  readonly differ: boolean;
  readonly mail: (email: string, password: string) => void;
}

interface Waiting {
  readonly registration: Registration;
  readonly password: string;
  /** What it has replaced. Only faults look at it. */
  readonly earlier: readonly Omit<Waiting, 'earlier'>[];
}

export function createOneTimePasswords({ behaviour, make, differ, mail }: OneTimePasswordOptions): OneTimePasswords {
  const waiting = new Map<ConnectionId, Waiting>();

  function matchElsewhere(password: string): Registration | undefined {
    if (!differ || !behaviour.isOn('password-of-any-connection')) return undefined;
    const found = [...waiting.values()].find(each => each.password === password);
    return found && behaviour.fires('password-of-any-connection') ? found.registration : undefined;
  }

  return {
    issue(connection, registration) {
      const earlier = waiting.get(connection);
      let password = make();
      if (password === earlier?.password) password = make();
      waiting.set(connection, { registration, password, earlier: earlier ? [...earlier.earlier, earlier] : [] });
      mail(registration.email, password);
    },
    match(connection, password) {
      const own = waiting.get(connection);
      if (!own) return matchElsewhere(password);
      if (own.password === password) return own.registration;
      const isStale = own.earlier.some(each => each.password === password);
      if (isStale && behaviour.fires('stale-password-accepted')) return own.registration;
      if (behaviour.fires('wrong-password-accepted')) return own.registration;
      if (behaviour.fires('wrong-guess-final')) waiting.delete(connection);
      return undefined;
    },
    replaced: connection => waiting.get(connection)?.earlier.map(({ registration }) => registration) ?? [],
    waits: connection => waiting.has(connection),
    drop: connection => void waiting.delete(connection),
    *pending() {
      for (const { registration } of waiting.values()) yield registration;
    },
  };
}
