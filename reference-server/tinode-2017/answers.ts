/** Codes and texts of ctrl. The document writes OK in the answer to login and ok elsewhere. */
export type AnswerName = keyof typeof answers;

export const answers = {
  ok: { code: 200, text: 'ok' },
  loggedIn: { code: 200, text: 'OK' },
  created: { code: 201, text: 'created' },
  accepted: { code: 202, text: 'accepted' },
  alreadySubscribed: { code: 304, text: 'already subscribed' },
  notJoined: { code: 304, text: 'not joined' },
  malformed: { code: 400, text: 'malformed' },
  authenticationRequired: { code: 401, text: 'authentication required' },
  authenticationFailed: { code: 401, text: 'authentication failed' },
  permissionDenied: { code: 403, text: 'permission denied' },
  notFound: { code: 404, text: 'not found' },
  outOfSequence: { code: 409, text: 'command out of sequence' },
  duplicateCredential: { code: 409, text: 'duplicate credential' },
  alreadyAuthenticated: { code: 409, text: 'already authenticated' },
  attachFirst: { code: 409, text: 'must attach first' },
  unsupported: { code: 501, text: 'not implemented' },
  versionNotSupported: { code: 505, text: 'version not supported' },
} as const;
