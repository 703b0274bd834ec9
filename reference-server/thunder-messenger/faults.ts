import type { FaultDescription } from '../core/behaviour.ts';

export type FaultName = keyof typeof faults;

export const faults = {
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
      'rpc.version',
    ],
  },
  'result-true': {
    description: 'Answers leave and send with true.',
    breaks: [
      'send.result',
      'method.designator',
      'method.without-version',
      'method.plugin-path',
      'method.subprotocol',
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

  // Designators and names
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
    breaks: ['method.unknown-callsign'],
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

  // join, leave, send
  'types-converted': {
    description: 'Makes text of parameters that are none.',
    breaks: ['params.unfit'],
  },
  'empty-names-accepted': {
    description: 'Gives a name to rooms and users that have none.',
    breaks: ['join.bad-names'],
  },
  'joined-twice': {
    description: 'Lets a user join a room again.',
    breaks: ['join.already-joined', 'http.errors'],
  },
  'refused-join-told': {
    description: 'Tells of a user who is not let in a second time as if they had joined.',
    breaks: ['join.already-joined-unchanged'],
  },
  'roomid-as-object': {
    description: 'Answers join with an object that holds the roomid under another name.',
    breaks: [
      'frames.valid',
      'join.roomid',
      'case.users',
      'method.designator',
      'method.without-version',
      'method.plugin-path',
      'method.subprotocol',
      'http.post',
      'http.plugin-path',
      'rpc.id-echoed',
      'rpc.id-32-bits',
      'acl.admits',
      'secure.without-token',
    ],
  },
  'roomid-in-capitals': {
    description: 'Writes roomids in capitals.',
    breaks: ['join.roomid-form'],
  },
  'roomid-of-the-room': {
    description: 'Gives all who are in a room the same roomid.',
    breaks: ['join.roomid-of-user'],
  },
  'roomid-not-fresh': {
    description: 'Gives a user who comes back the same roomid.',
    breaks: ['join.roomid-fresh', 'leave.roomid-dead'],
  },
  'names-trimmed': {
    description: 'Takes blanks from both ends of names of rooms.',
    breaks: ['join.names-unchanged'],
  },
  'created-at-every-join': {
    description: 'Announces a room as created whenever somebody joins it.',
    breaks: ['join.existing'],
  },
  'created-not-told': {
    description: 'Announces no room that is created.',
    breaks: ['roomupdate.created'],
  },
  'destroyed-not-told': {
    description: 'Announces no room that is destroyed.',
    breaks: ['roomupdate.destroyed'],
  },
  'destroyed-at-every-leave': {
    description: 'Announces a room as destroyed whenever somebody leaves it.',
    breaks: ['leave.others-stay'],
  },
  'leave-without-effect': {
    description: 'Confirms that a user has left, who stays.',
    breaks: ['leave.roomid-dead'],
  },
  'unknown-roomid-left': {
    description: 'Confirms leaving with a roomid that nobody has.',
    breaks: ['leave.unknown-roomid'],
  },
  'sent-with-unknown-roomid': {
    description: 'Confirms a message with a roomid that nobody has.',
    breaks: ['send.unknown-roomid'],
  },
  'closing-does-not-leave': {
    description: 'Keeps users in their rooms when their connection has ended.',
    breaks: ['close.leaves', 'http.join-ends'],
  },
  'closing-leaves-in-r4': {
    description: 'Lets users leave whose connection ends, in generation r4 too.',
    breaks: ['close.stays'],
  },
  'message-not-to-sender': {
    description: 'Sends a message to everybody but who sent it.',
    breaks: ['send.to-sender'],
  },
  'message-to-other-rooms': {
    description: 'Sends a message also to the other rooms that its sender is in.',
    breaks: ['send.only-room'],
  },
  'message-to-who-watches-users': {
    description: 'Sends messages also to those who have registered for userupdate only.',
    breaks: ['send.only-registered'],
  },
  'message-twice': {
    description: 'Sends every message twice.',
    breaks: ['send.once'],
  },
  'message-truncated': {
    description: 'Cuts messages after 40 characters.',
    breaks: ['send.unchanged'],
  },
  'sender-misnamed': {
    description: 'Names as the sender of a message who receives it.',
    breaks: ['send.delivered'],
  },

  // Registration and notifications
  'registered-twice': {
    description: 'Accepts a registration that is there already.',
    breaks: ['register.duplicate'],
  },
  'one-event-for-a-client': {
    description: 'Refuses a client id that is registered for another event.',
    breaks: ['register.several-events'],
  },
  'incomplete-registration-accepted': {
    description: 'Confirms a registration without an event or an id.',
    breaks: ['register.incomplete'],
  },
  'never-registered-unregistered': {
    description: 'Confirms the end of a registration that there is not.',
    breaks: ['unregister.not-registered'],
  },
  'unregister-without-effect': {
    description: 'Confirms the end of a registration and goes on notifying.',
    breaks: ['unregister.stops'],
  },
  'unregister-ends-other-events': {
    description: 'Ends the registrations of the same id for all events.',
    breaks: ['unregister.only-that'],
  },
  'registrations-outlive-connections': {
    description: 'Takes an id for taken that was registered on a connection which has ended.',
    breaks: ['observers.end-with-connection'],
  },
  'one-session-only': {
    description: 'Notifies one connection of those that have registered.',
    breaks: ['notification.all-observers'],
  },
  'client-id-left-out': {
    description: 'Leaves the client id out of the designator of notifications.',
    breaks: ['notification.designator'],
  },
  'roomid-left-out': {
    description: 'Leaves the roomid out of the designator of notifications.',
    breaks: ['notification.designator'],
  },
  'rooms-not-replayed': {
    description: 'Tells a new observer nothing of the rooms that are there.',
    breaks: ['roomupdate.replay'],
  },
  'oldest-room-not-replayed': {
    description: 'Tells a new observer of all rooms but the oldest.',
    breaks: ['roomupdate.replay'],
  },
  'rooms-replayed-as-destroyed': {
    description: 'Tells a new observer of rooms that are there as if they were gone.',
    breaks: ['roomupdate.replay'],
  },
  'secure-rooms-told-as-insecure': {
    description: 'Calls every room insecure.',
    breaks: ['roomupdate.secure'],
  },
  'rooms-told-as-secure': {
    description: 'Calls every room secure.',
    breaks: ['join.insecure-default'],
  },
  'users-not-replayed': {
    description: 'Tells a new observer nothing of those who are in the room.',
    breaks: ['userupdate.replay'],
  },
  'oneself-not-replayed': {
    description: 'Tells a new observer of all who are in the room but itself.',
    breaks: ['userupdate.replay'],
  },
  'joined-not-told': {
    description: 'Tells nobody that a user has joined.',
    breaks: ['userupdate.joined'],
  },
  'left-not-told': {
    description: 'Tells nobody that a user has left.',
    breaks: ['userupdate.left'],
  },
  'left-told-as-joined': {
    description: 'Tells that a user has left as if they had joined.',
    breaks: ['userupdate.left'],
  },
  'userupdate-to-other-rooms': {
    description: 'Tells also the other rooms of a connection who has come and gone.',
    breaks: ['userupdate.only-room'],
  },

  // Security
  'acl-not-asked': {
    description: 'Lets every origin into a secure room.',
    breaks: ['acl.refuses'],
  },
  'acl-without-wildcards': {
    description: 'Takes a * in a pattern for a mere character.',
    breaks: ['acl.wildcards', 'acl.once'],
  },
  'acl-by-beginning': {
    description: 'Lets in origins that only begin as a pattern says.',
    breaks: ['acl.refuses', 'acl.wildcards'],
  },
  'acl-dots-fit-all': {
    description: 'Takes a dot in a pattern for any character.',
    breaks: ['acl.wildcards'],
  },
  'secure-without-token-refused': {
    description: 'Refuses who wants a room secure and has no access token.',
    breaks: ['secure.without-token'],
  },
  'secure-room-without-acl': {
    description: 'Makes a secure room without an acl.',
    breaks: ['acl.demanded'],
  },
  'secure-room-with-empty-acl': {
    description: 'Makes a secure room with an acl that is empty.',
    breaks: ['acl.demanded'],
  },
  'open-room-secured-later': {
    description: 'Lets users join a room as a secure one that is not.',
    breaks: ['acl.not-later'],
  },
  'second-acl-accepted': {
    description: 'Passes over an acl for a room that has one.',
    breaks: ['acl.once'],
  },
  'acl-outlives-room': {
    description: 'Keeps the acl of a room that is gone.',
    breaks: ['acl.ends-with-room'],
  },
  'twins-are-one': {
    description: 'Takes a secure room and the insecure one of the same name for one, in generation r4 too.',
    breaks: ['secure.twins'],
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
    breaks: ['http.join-lasts'],
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
