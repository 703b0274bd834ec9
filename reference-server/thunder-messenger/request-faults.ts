import type { FaultDescription } from '../core/behaviour.ts';

/** In how a request is read and answered. */
export const requestFaults = {
  // JSON-RPC
  'version-not-said': {
    description: 'Leaves the member jsonrpc out when it lists the versions of its interface.',
    breaks: ['frames.valid', 'rpc.version'],
  },
  'ids-as-text': {
    description: 'Answers with the id as text.',
    breaks: [
      'frames.valid',
      'builtin.exists',
      'builtin.versions',
      'join.roomid',
      'register.result',
      'case.users',
      'http.post',
      'rpc.id-echoed',
      'rpc.id-32-bits',
      'acl.admits',
      'steps.done',
    ],
  },
  'ids-signed': {
    description: 'Reads ids as signed numbers of 32 bits, so that large ones come back negative.',
    breaks: ['frames.valid', 'rpc.id-32-bits'],
  },
  'zero-is-no-id': {
    description: 'Takes the id 0 for none.',
    breaks: ['rpc.id-32-bits'],
  },
  'without-id-not-done': {
    description: 'Drops requests without id.',
    breaks: ['rpc.without-id-done', 'rpc.without-id-error', 'http.without-id'],
  },
  'without-id-answered': {
    description: 'Answers a request without id, with null in the place of the id.',
    breaks: ['frames.valid', 'rpc.without-id-silent', 'http.without-id'],
  },
  'without-id-errors-kept': {
    description: 'Says nothing when a request without id fails.',
    breaks: ['rpc.without-id-error'],
  },
  'not-json-ignored': {
    description: 'Says nothing to what is not JSON.',
    breaks: ['rpc.not-json', 'http.not-json'],
  },
  'other-error-codes': {
    description: 'Has error codes that are a hundred too low.',
    breaks: ['errors.codes'],
  },
  'errors-without-name': {
    description: 'Calls every error of the plugin "failed".',
    breaks: [
      'close.leaves',
      'http.errors',
      'join.already-joined',
      'join.bad-names',
      'params.unfit',
      'leave.roomid-dead',
      'leave.unknown-roomid',
      'rpc.ids-by-connection',
      'rpc.id-echoed',
      'rpc.id-32-bits',
      'join.security-errors',
      'send.unknown-roomid',
      'case.members',
    ],
  },
  'result-true': {
    description: 'Answers leave and send with true.',
    breaks: [
      'send.result',
      'method.designator',
      'method.without-version',
      'method.plugin-path',
      'http.join-lasts',
      'http.plugin-path',
      'http.post',
      'join.already-joined-unchanged',
      'leave.result',
      'join.several-rooms',
      'rpc.ids-by-connection',
      'rpc.id-echoed',
      'rpc.id-32-bits',
    ],
  },

  // Connections, designators and names
  'subprotocol-not-echoed': {
    description: 'Chooses none of the subprotocols that a client offers.',
    breaks: ['method.subprotocol-echoed'],
  },
  'first-subprotocol-chosen': {
    description: 'Chooses the subprotocol that a client offers first, whichever it is.',
    breaks: ['method.subprotocol-echoed'],
  },
  'any-version-served': {
    description: 'Serves every version of the interface, also those that there are not.',
    breaks: ['method.unknown-version'],
  },
  'version-demanded': {
    description: 'Refuses methods without a version.',
    breaks: ['method.without-version', 'method.plugin-path', 'http.plugin-path'],
  },
  'any-callsign-served': {
    description: 'Takes any callsign for its own.',
    breaks: ['method.unknown-callsign', 'case.callsigns'],
  },
  'plugin-path-needs-callsign': {
    description: "Refuses methods without a callsign, also on the plugin's own path.",
    breaks: ['method.plugin-path', 'http.plugin-path'],
  },
  'unknown-method-done': {
    description: 'Answers methods that there are not with null.',
    breaks: ['method.unknown', 'http.errors', 'rpc.without-id-error'],
  },
  'methods-without-case': {
    description: 'Finds methods whatever their case.',
    breaks: ['case.methods'],
  },
  'members-without-case': {
    description: 'Finds parameters whatever their case.',
    breaks: ['case.members'],
  },
  'room-names-without-case': {
    description: 'Takes two room names that differ in case only for one.',
    breaks: ['case.rooms'],
  },
  'user-names-without-case': {
    description: 'Takes two users whose names differ in case only for one.',
    breaks: ['case.users'],
  },
  'events-without-case': {
    description: 'Finds events whatever their case.',
    breaks: ['case.events'],
  },
  'client-ids-in-lower-case': {
    description: 'Writes client ids in lower case.',
    breaks: ['case.client-ids'],
  },
  'everything-exists': {
    description: 'Says of every method that it exists.',
    breaks: ['builtin.exists'],
  },
  'no-versions': {
    description: 'Lists no version of the interface.',
    breaks: ['builtin.versions'],
  },

  // HTTP
  'plugin-path-not-over-http': {
    description: "Does not know the plugin's own path over HTTP.",
    breaks: ['http.plugin-path'],
  },
  'other-methods-served': {
    description: 'Serves HTTP requests whatever their method.',
    breaks: ['http.only-post'],
  },
  'http-join-ends-with-request': {
    description: 'Lets users leave their rooms when the HTTP request that joined is answered.',
    breaks: ['http.join-lasts', 'http.post', 'http.plugin-path', 'frames.unasked'],
  },
  'http-200-for-nothing': {
    description: 'Answers a request without id with status 200.',
    breaks: ['http.without-id'],
  },
  'http-200-for-not-json': {
    description: 'Answers what is not JSON with status 200.',
    breaks: ['http.not-json'],
  },
  'http-500-for-errors': {
    description: 'Answers requests that fail with status 500.',
    breaks: ['http.errors'],
  },
} as const satisfies Record<string, FaultDescription>;
