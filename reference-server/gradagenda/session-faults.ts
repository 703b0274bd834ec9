import type { FaultDescription } from '../core/behaviour.ts';

/** Of sessions, and of the messages in them. */
export const sessionFaults = {
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
  'direct-names-only-the-other': {
    description: 'Leaves who asks for a direct session out of its info.',
    breaks: ['direct.participants'],
  },
  'session-with-stranger-unanswered': {
    description: 'Answers nothing when a session is asked for with a user who does not exist.',
    breaks: ['direct.failure-answered', 'direct.unknown-user', 'creation.failure-answered', 'creation.unknown-user'],
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
  'session-of-same-people-reused': {
    description: 'Gives people who have a session the same one when they ask for another.',
    breaks: ['creation.own-id'],
  },
  'number-ids-become-text': {
    description: 'Sends user ids that are numbers as text.',
    breaks: ['ids.echoed-as-given'],
  },
  'modification-not-announced-to-removed': {
    description: 'Does not tell those that it removes from a session.',
    breaks: ['modification.announced', 'session.every-device'],
  },
  'modification-removes-nobody': {
    description: 'Adds those whom a modification names, and keeps those whom it does not.',
    breaks: ['modification.replaces'],
  },
  'only-creator-may-modify': {
    description: 'Lets only its creator modify a session.',
    breaks: ['modification.any-participant'],
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
  'deletion-names-only-who-asked': {
    description: 'Names only who asked in the info of a deleted session.',
    breaks: ['deletion.names-the-last'],
  },
  'only-creator-may-delete': {
    description: 'Lets only its creator delete a session.',
    breaks: ['deletion.any-participant'],
  },
  'listing-includes-direct': {
    description: 'Lists the direct sessions that were asked for besides the mutable ones.',
    breaks: ['listing.mutable-only'],
  },
  'listing-includes-foreign': {
    description: 'Lists all mutable sessions, also those that the asker is not in.',
    breaks: ['listing.only-own'],
  },
  'listing-omits-sessions-of-others': {
    description: 'Lists only the sessions that the asker has created.',
    breaks: ['listing.info'],
  },
  'listing-repeats-first': {
    description: 'Lists the first session twice.',
    breaks: ['listing.once-each'],
  },
  'listing-says-created': {
    description: 'Gives listed sessions the status "created".',
    breaks: ['listing.unchanged'],
  },
  'listing-told-to-all': {
    description: 'Sends the info of a listed session to all who are in it: those who list it as well see it twice.',
    breaks: ['listing.to-who-asked', 'listing.once-each', 'frames.unasked'],
  },
  'empty-listing-fails': {
    description: 'Answers failed when there is no session to list.',
    breaks: ['listing.none'],
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
  'added-user-hears-nothing': {
    description: 'Does not broadcast to users whom a modification has added.',
    breaks: ['message.to-all-involved'],
  },
  'broadcast-leaks-to-removed': {
    description: 'Goes on broadcasting to those who were removed from a session.',
    breaks: ['removed.hears-nothing'],
  },
  'broadcast-leaks-to-contacts': {
    description: 'Broadcasts also to those who share another mutable session with the sender.',
    breaks: ['message.only-to-involved', 'frames.unasked'],
  },
  'twentieth-message-late': {
    description: 'Holds back each twentieth message of a connection until the next one has gone.',
    breaks: ['message.in-order'],
  },
  'broadcast-twice': {
    description: 'Broadcasts each message twice, so that what comes next is not what was sent next.',
    breaks: ['message.once', 'message.in-order', 'frames.unasked'],
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
  'missing-body-accepted': {
    description: 'Takes a message without a body for an empty one.',
    breaks: ['message.body-missing-refused'],
  },
} as const satisfies Record<string, FaultDescription>;
