import type { FaultDescription } from '../core/behaviour.ts';

export type FaultName = keyof typeof faults;

export const faults = {
  'speaks-before-auth': {
    description: 'Greets a connection that has not authenticated.',
    breaks: ['auth.standby-silent', 'frames.unasked'],
  },
  'action-before-auth-served': {
    description: 'Serves actions of a connection that has not authenticated, as if a participant had sent them.',
    breaks: ['auth.before-refused', 'auth.before-keeps-open', 'auth.before-no-effect'],
  },
  'second-auth-accepted': {
    description: 'Lets an authenticated connection authenticate once more, also as another user.',
    breaks: ['auth.second-refused', 'auth.second-changes-nothing'],
  },
  'wrong-token-accepted': {
    description: 'Takes any token that is not empty for a user that is known.',
    breaks: ['auth.wrong-credentials'],
  },
  'failed-auth-is-final': {
    description: 'Refuses to authenticate a connection on which authentication has failed once.',
    breaks: ['auth.again-after-failure'],
  },
  'older-device-kept': {
    description: 'Leaves the older connection open when the same device of the same user authenticates again.',
    breaks: ['device.replaced'],
  },
  'long-cdid-dropped': {
    description: 'Leaves cdids of more than 255 characters out of status responses.',
    breaks: ['status.cdid-attached'],
  },
  'cdid-trimmed': {
    description: 'Takes the blanks from both ends of the cdid of status responses.',
    breaks: ['status.cdid-attached'],
  },
  'cdid-must-be-fresh': {
    description: 'Fails a request whose cdid the connection has used before.',
    breaks: ['cdid.only-attached'],
  },
  'empty-cdid-refused': {
    description: 'Fails a request whose cdid is the empty text.',
    breaks: ['cdid.only-attached'],
  },
  'batch-changes-last': {
    description: 'Modifies and deletes the sessions of a batch after all else in it.',
    breaks: ['batch.in-order'],
  },
  'batch-stops-at-failure': {
    description: 'Drops the rest of a batch once one of its actions has failed.',
    breaks: ['batch.goes-on', 'batch.answers-each'],
  },
  'nested-batch-refused': {
    description: 'Fails a batch inside a batch.',
    breaks: ['batch.nested'],
  },
  'size-limit-off-by-one': {
    description: 'Serves a frame that is one byte over the limit.',
    breaks: ['size.over-closes'],
  },
  'size-limit-exclusive': {
    description: 'Closes on a frame that is exactly at the limit.',
    breaks: ['size.limit-is-served'],
  },
  'oversize-frame-sent': {
    description: 'Sends broadcasts and session infos over the limit instead of failing the request.',
    breaks: ['frames.valid', 'size.unbroadcastable-refused'],
  },
  'binary-accepted': {
    description: 'Reads binary frames as if they were text.',
    breaks: ['text.binary-closes', 'text.binary-closes-with-1003'],
  },
  'invalid-utf8-accepted': {
    description: 'Replaces bytes that are not UTF-8 instead of closing.',
    breaks: ['text.utf8-only'],
  },
  'not-json-ignored': {
    description: 'Drops frames that are not JSON and stays open.',
    breaks: ['json.not-json-closes'],
  },
  'not-object-answered': {
    description: 'Answers JSON that is not an object with a failure instead of closing.',
    breaks: ['json.not-object-closes'],
  },
  'direct-id-depends-on-asker': {
    description: 'Names a direct session after who asked first and who second.',
    breaks: ['direct.id-never-changes'],
  },
  'direct-id-changes-after-restart': {
    description: 'Puts something of this process into the ids of direct sessions.',
    breaks: ['direct.id-never-changes'],
  },
  'direct-status-created': {
    description: 'Calls a direct session "created" to the first who asks for it.',
    breaks: ['direct.status-unchanged'],
  },
  'direct-session-mutable': {
    description: 'Confirms the modification and the deletion of a direct session.',
    breaks: ['direct.immutable'],
  },
  'unknown-user-accepted': {
    description: 'Opens sessions with users that nobody knows.',
    breaks: ['direct.unknown-user', 'creation.unknown-user', 'modification.unknown-user'],
  },
  'creation-not-announced-to-others': {
    description: 'Tells nobody but its creator of a new session.',
    breaks: ['creation.announced', 'session.every-device'],
  },
  'creator-only-if-listed': {
    description: 'Leaves the creator out of a session whose list does not name them.',
    breaks: ['creation.creator-takes-part', 'creation.alone'],
  },
  'duplicate-participant-kept': {
    description: 'Lists a user twice that the request names twice.',
    breaks: ['creation.same-user-twice'],
  },
  'modification-not-announced-to-removed': {
    description: 'Does not tell those that it removes from a session.',
    breaks: ['modification.announced', 'session.every-device'],
  },
  'outsider-may-modify': {
    description: 'Lets users modify and delete sessions that they are not in.',
    breaks: ['modification.outsider-refused', 'deletion.outsider-refused'],
  },
  'deletion-not-announced-to-others': {
    description: 'Tells nobody but who asked that a session was deleted.',
    breaks: ['deletion.announced', 'session.every-device'],
  },
  'deletion-without-effect': {
    description: 'Announces that a session is deleted and keeps it.',
    breaks: ['deletion.session-is-gone', 'listing.only-own'],
  },
  'listing-includes-direct': {
    description: 'Lists the direct sessions that were asked for besides the mutable ones.',
    breaks: ['listing.mutable-only'],
  },
  'listing-includes-foreign': {
    description: 'Lists all mutable sessions, also those that the asker is not in.',
    breaks: ['listing.only-own'],
  },
  'outsider-may-send': {
    description: 'Broadcasts messages of users that are not in the session.',
    breaks: ['message.outsider-refused', 'removed.cannot-send', 'direct.between-two'],
  },
  'broadcast-misses-sender-copy': {
    description:
      'Does not broadcast a message to the connection that sent it, which so never learns its place among the others.',
    breaks: ['message.to-sender-too', 'message.one-order'],
  },
  'broadcast-misses-second-device': {
    description: 'Broadcasts to one device of each user only.',
    breaks: ['message.every-device', 'device.newer-receives'],
  },
  'broadcast-leaks-to-removed': {
    description: 'Goes on broadcasting to those who were removed from a session.',
    breaks: ['removed.hears-nothing'],
  },
  'broadcast-twice': {
    description: 'Broadcasts each message twice.',
    breaks: ['message.once', 'frames.unasked'],
  },
  'body-ends-at-nul': {
    description: 'Takes the character NUL for the end of the body of a message.',
    breaks: ['message.text-unchanged'],
  },
  'timestamp-restamped': {
    description: "Puts the server's own time in place of the sender's.",
    breaks: ['message.timestamp-unchanged'],
  },
  'timestamp-loses-digits': {
    description: 'Passes timestamps through a double, which alters integers beyond 2^53.',
    breaks: ['message.timestamp-unchanged'],
  },
  'not-text-type-accepted': {
    description: 'Broadcasts messages of a type other than "text".',
    breaks: ['message.type-not-text-refused'],
  },
} as const satisfies Record<string, FaultDescription>;
