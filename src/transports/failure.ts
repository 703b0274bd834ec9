import { formatDurationUs } from '../foundation/duration.ts';
import { messageOf } from '../foundation/errors.ts';

/** Why a connection did not come about or broke: the system's code and its words. */
export interface Failure {
  readonly code: string;
  readonly cause: string;
}

export const ownClose: Failure = { code: 'ECANCELED', cause: 'our own close before it was open' };

/** With the code that Node gives the same in its own clients. */
export const endedEarly: Failure = { code: 'ECONNRESET', cause: 'the end of the connection' };

export function timedOut(timeoutUs: number): Failure {
  return { code: 'ETIMEDOUT', cause: `nothing within ${formatDurationUs(timeoutUs)}` };
}

/** What to do about the codes that people meet most. */
const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'start the target or correct its endpoint',
  ENOTFOUND: 'correct the host name of the endpoint',
  EAI_AGAIN: 'correct the host name of the endpoint, or see whether name resolution works here',
  ETIMEDOUT: 'see whether the target answers there, or allow more time',
  EMFILE: 'raise the limit of open files (ulimit -n)',
  EADDRNOTAVAIL: 'use fewer connections at once: the local ports are used up',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'name the certificate authority in the target file (tls: ca)',
  SELF_SIGNED_CERT_IN_CHAIN: 'name the certificate authority in the target file (tls: ca)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'name the certificate authority in the target file (tls: ca)',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'name the certificate authority in the target file (tls: ca)',
  ERR_TLS_CERT_ALTNAME_INVALID: 'use the host name of the certificate in the endpoint',
  CERT_HAS_EXPIRED: 'give the target a valid certificate, or say tls: insecure',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the target may not speak TLS there: correct the scheme of the endpoint',
  EPROTO: 'the target may not speak TLS there: correct the scheme of the endpoint',
};

export function failureOf(thrown: unknown, otherwise: string): Failure {
  // A name with several addresses: the errors of all of them, with an empty message of its own.
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    return {
      code: codeOf(thrown) ?? codeOf(thrown.errors[0]) ?? otherwise,
      cause: thrown.errors.map(messageOf).join('; '),
    };
  }
  const code = codeOf(thrown);
  // Node's HTTP client says "socket hang up" where no system call failed: the peer ended it in order.
  if (code === endedEarly.code && !hasSystemCall(thrown)) return endedEarly;
  return { code: code ?? otherwise, cause: messageOf(thrown) };
}

function hasSystemCall(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'syscall' in thrown;
}

/** The text of a refusal: what was expected of whom, what came, what to do. */
export function refusalDetail(expected: string, { code, cause }: Failure): string {
  const remedy = advice[code];
  return `expected ${expected}, came ${cause}${remedy === undefined ? '' : `: ${remedy}`}`;
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
