import type { FaultDescription } from '../core/behaviour.ts';

/** In what becomes of rooms, of who is in them, and of what is said there. */
export const roomFaults = {
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
  'left-for-good': {
    description: 'Does not let a user who has left a room come back while others are in it.',
    breaks: ['join.again-after-leaving', 'join.roomid'],
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
    description:
      'Gives who joins the roomid of the first in the room, if nobody has registered with it, so that one of them cannot leave, or be told who is there.',
    breaks: ['join.roomid-of-user', 'leave.result', 'userupdate.replay'],
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
    description: 'Announces no room that is created over a connection which is in a room already.',
    breaks: [
      'roomupdate.created',
      'join.several-rooms',
      'rpc.without-id-done',
      'register.several-events',
      'unregister.only-that',
    ],
  },
  'destroyed-not-told': {
    description: 'Announces no room that is destroyed by a connection which is in another room too.',
    breaks: [
      'roomupdate.destroyed',
      'http.effect',
      'roomupdate.replay',
      'unregister.only-that',
      'rpc.without-id-done',
      'close.leaves',
    ],
  },
  'destroyed-at-every-leave': {
    description: 'Announces a room as destroyed whenever somebody leaves it, or is cut off, and others are left.',
    breaks: ['leave.others-stay', 'roomupdate.created', 'frames.unasked'],
  },
  'left-roomid-still-sends': {
    description: 'Confirms messages that are sent with the roomid of who has left.',
    breaks: ['leave.roomid-dead', 'close.leaves'],
  },
  'unknown-roomid-left': {
    description: 'Confirms leaving with a roomid that nobody has.',
    breaks: [
      'leave.unknown-roomid',
      'leave.roomid-dead',
      'rpc.id-echoed',
      'rpc.id-32-bits',
      'rpc.ids-by-connection',
      'rpc.without-id-error',
    ],
  },
  'sent-with-unknown-roomid': {
    description: 'Confirms a message with a roomid that nobody has.',
    breaks: ['send.unknown-roomid', 'leave.roomid-dead', 'close.leaves', 'http.errors'],
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
    breaks: ['send.to-sender', 'send.unchanged', 'send.delivered'],
  },
  'message-to-other-rooms': {
    description: 'Sends a message also to the other rooms that its sender is in.',
    breaks: ['send.only-room', 'frames.unasked'],
  },
  'message-to-who-watches-users': {
    description: 'Sends messages also to those who have registered for userupdate only.',
    breaks: ['send.only-registered', 'frames.unasked'],
  },
  'message-twice': {
    description: 'Sends every message twice.',
    breaks: ['send.once', 'send.in-order', 'frames.unasked'],
  },
  'message-truncated': {
    description: 'Cuts messages after 40 characters.',
    breaks: ['send.unchanged'],
  },
  'sender-misnamed': {
    description: 'Names as the sender of a message who receives it, in rooms of three and more.',
    breaks: ['send.delivered'],
  },

  // Security
  'acl-not-asked': {
    description: 'Lets every origin into a secure room.',
    breaks: ['acl.refuses', 'acl.wildcards', 'acl.once', 'acl.unissued'],
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
  'unissued-token-passed-over': {
    description: 'Takes who has an access token that nobody issued for one who has none.',
    breaks: ['acl.unissued'],
  },
  'tokenless-kept-out': {
    description: 'Refuses who has no access token where a room has an acl.',
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
} as const satisfies Record<string, FaultDescription>;
