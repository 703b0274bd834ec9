import type { FaultDescription } from '../core/behaviour.ts';

export type FaultName = keyof typeof faults;

export const faults = {
  // Lines
  'piece-read-as-line': {
    description: 'Takes what one read brings of a line for all of it.',
    breaks: ['line.in-pieces', 'line.long'],
  },
  'lines-at-once-reversed': {
    description: 'Serves the lines that one read brings from last to first.',
    breaks: ['line.several-at-once', 'personal.in-order'],
  },
  'line-ended-by-cr-and-lf-each': {
    description: 'Takes CR for the end of a line and LF for another.',
    breaks: ['line.crlf'],
  },
  'long-line-unanswered': {
    description: 'Drops lines of more than 64 KB.',
    breaks: ['line.long'],
  },
  // Registration
  'null-key-accepted': {
    description: 'Takes a registration of which a key is null.',
    breaks: ['registration.no-key-null'],
  },
  'missing-key-accepted': {
    description: 'Takes a registration of which a key is missing.',
    breaks: ['registration.no-key-missing'],
  },
  'same-email-accepted': {
    description: 'Takes a registration with an address that is registered.',
    breaks: ['registration.email-taken'],
  },
  'same-username-accepted': {
    description: 'Takes a registration with a username that is registered.',
    breaks: ['registration.username-taken'],
  },
  'email-unchecked-by-verify': {
    description: 'Does not look again, when a registration is verified, whether its address was registered meanwhile.',
    breaks: ['verify.email-taken-meanwhile'],
  },
  'username-unchecked-by-verify': {
    description: 'Does not look again, when a registration is verified, whether its username was registered meanwhile.',
    breaks: ['verify.username-taken-meanwhile'],
  },
  'wrong-password-accepted': {
    description: 'Takes any one-time password for right.',
    breaks: ['verify.wrong-refused'],
  },
  'stale-password-accepted': {
    description: 'Takes the one-time password of an earlier registration on the connection for right.',
    breaks: ['verify.stale-refused'],
  },
  'wrong-guess-final': {
    description: 'Drops a registration after one wrong guess.',
    breaks: ['verify.again-after-wrong'],
  },
  'password-of-any-connection': {
    description: 'Takes the one-time password of a registration on another connection.',
    breaks: ['verify.other-connection'],
  },
  'users-shown-after-verify': {
    description: 'Lists the users to whoever has registered, as if that had logged in.',
    breaks: ['verify.not-logged-in'],
  },
  // Login
  'message-before-login-unanswered': {
    description: 'Drops messages that come before login.',
    breaks: ['first.refused'],
  },
  'users-shown-to-strangers': {
    description: 'Lists the users to a connection that is not logged in, or not yet, or no more.',
    breaks: ['first.refused', 'verify.not-logged-in', 'logout.ends'],
  },
  'entered-twice': {
    description: 'Lets a connection that is logged in register, verify and log in as if it were not.',
    breaks: ['login.entered-already'],
  },
  'login-without-password': {
    description: 'Takes any password at login.',
    breaks: ['login.wrong-password'],
  },
  'login-needs-email': {
    description: 'Fails a login whose email is null.',
    breaks: ['login.by-username'],
  },
  'login-needs-username': {
    description: 'Fails a login whose username is null.',
    breaks: ['login.by-email'],
  },
  'username-decides': {
    description: 'Where username and email are of two accounts, logs in to that of the username.',
    breaks: ['login.two-accounts'],
  },
  'login-echoes-request': {
    description: 'Gives the name that the request has as the other one too.',
    breaks: ['login.own-names'],
  },
  'friends-only-written-to': {
    description: 'Lists as friends only those whom one has sent a message.',
    breaks: ['friends.contacted-by'],
  },
  'friends-only-heard-of': {
    description: 'Lists as friends only those of whom one has got a message.',
    breaks: ['friends.contacted'],
  },
  'friends-listed-twice': {
    description: 'Lists a friend twice with whom messages went both ways.',
    breaks: ['friends.each-once'],
  },
  'friends-include-oneself': {
    description: 'Lists whoever has friends among their own.',
    breaks: ['friends.not-oneself'],
  },
  'kept-messages-repeated': {
    description: 'Delivers at every login what was kept for the first.',
    breaks: ['personal.offline-once'],
  },
  // Logout
  'logout-closes': {
    description: 'Ends the connection after logout.',
    breaks: ['logout.stays-open', 'steps.done'],
  },
  'logout-without-effect': {
    description: 'Confirms a logout and leaves the connection logged in.',
    breaks: ['logout.ends', 'logout.twice', 'logout.stays-open'],
  },
  // Messages
  'global-only-to-friends': {
    description: 'Sends global messages to friends of the sender only.',
    breaks: ['global.to-all'],
  },
  'global-to-sender': {
    description: 'Sends a global message to its sender too.',
    breaks: ['global.not-to-sender', 'frames.unasked'],
  },
  'global-acknowledged': {
    description: 'Acknowledges global messages.',
    breaks: ['global.no-response', 'frames.unasked'],
  },
  'media-dropped': {
    description: 'Leaves out the media of a message.',
    breaks: ['global.media', 'personal.media'],
  },
  'media-made-up': {
    description: 'Adds an empty media to messages without.',
    breaks: ['global.no-media', 'personal.no-media'],
  },
  'time-in-milliseconds': {
    description: 'Passes on the time of a message in milliseconds.',
    breaks: ['global.time', 'personal.time'],
  },
  'text-beyond-ascii-lost': {
    description: 'Puts a question mark in the place of every character of a message outside ASCII.',
    breaks: ['message.text-unchanged'],
  },
  'personal-to-all-friends': {
    description: 'Sends a personal message to all friends of its sender.',
    breaks: ['personal.only-recipient', 'frames.unasked'],
  },
  'personal-to-sender': {
    description: 'Sends a personal message to its sender too.',
    breaks: ['personal.only-recipient', 'frames.unasked'],
  },
  'acknowledged-with-another-id': {
    description: 'Acknowledges a personal message with another id than its recipient sees.',
    breaks: ['personal.same-id'],
  },
  'same-id-for-all': {
    description: 'Gives all personal messages one id.',
    breaks: ['personal.own-id'],
  },
  'unknown-recipient-acknowledged': {
    description: 'Acknowledges a message to an address that nobody has.',
    breaks: ['personal.unknown-recipient'],
  },
  'offline-message-lost': {
    description: 'Acknowledges a message to somebody who is not logged in, and drops it.',
    breaks: ['personal.offline-delivered'],
  },
  'offline-message-unacknowledged': {
    description: 'Does not acknowledge a message to somebody who is not logged in.',
    breaks: ['personal.offline-acknowledged'],
  },
  // Users
  'users-only-logged-in': {
    description: 'Lists only users who are logged in.',
    breaks: ['users.all'],
  },
  'users-without-oneself': {
    description: 'Leaves whoever asks out of the list of users.',
    breaks: ['users.oneself'],
  },
  'users-not-verified-yet': {
    description: 'Lists registrations that wait to be verified.',
    breaks: ['users.only-registered'],
  },
  'users-listed-twice': {
    description: 'Lists every user twice.',
    breaks: ['users.each-once'],
  },
  // Voice
  'request-names-callee': {
    description: 'Names the callee instead of the caller to the callee of a call.',
    breaks: ['voice.request'],
  },
  'offline-callee-unanswered': {
    description: 'Does not answer a call to somebody who is not logged in.',
    breaks: ['voice.offline'],
  },
  'busy-callee-rung': {
    description: 'Passes a call on to somebody who is in another.',
    breaks: ['voice.busy'],
  },
  'rings-half-as-long': {
    description: 'Waits for an answer to a call half as long as it should.',
    breaks: ['voice.time-to-caller', 'voice.time-to-callee'],
  },
  'time-only-to-caller': {
    description: 'Does not tell the callee that a call has timed out.',
    breaks: ['voice.time-to-callee'],
  },
  'time-names-callee': {
    description: 'Names the callee instead of the caller when it tells the callee that a call has timed out.',
    breaks: ['voice.time-names-caller'],
  },
  'rings-on-after-accept': {
    description: 'Times out a call that was accepted.',
    breaks: ['voice.answered-in-time'],
  },
  'rings-on-after-reject': {
    description: 'Times out a call that was rejected.',
    breaks: ['voice.answered-in-time'],
  },
  'rings-on-without-caller': {
    description: 'Lets a call go on whose caller has left.',
    breaks: ['voice.caller-left'],
  },
  'accept-only-to-caller': {
    description: 'Does not tell the callee where to send datagrams.',
    breaks: ['voice.accept-to-both'],
  },
  'answer-names-nobody': {
    description: 'Takes an accept or reject that names somebody else for an answer to the call that rings.',
    breaks: ['voice.answer-without-call'],
  },
  'answer-without-call-ignored': {
    description: 'Does not answer an accept or reject where there is no such call, or no more.',
    breaks: ['voice.answer-without-call', 'voice.caller-left'],
  },
  'reject-names-caller': {
    description: 'Names the caller instead of the callee when it tells the caller of a rejection.',
    breaks: ['voice.reject'],
  },
  'reject-echoed': {
    description: 'Tells the callee of a rejection too.',
    breaks: ['voice.reject-only-to-caller', 'frames.unasked'],
  },
  // Relay
  'relay-in-one-direction': {
    description: 'Passes datagrams of the caller on, and none of the callee.',
    breaks: ['relay.to-caller'],
  },
  'datagrams-cut': {
    description: 'Cuts datagrams after 1,024 bytes.',
    breaks: ['relay.unchanged'],
  },
  'relay-takes-strangers': {
    description: 'Passes on datagrams from any address.',
    breaks: ['relay.only-parties'],
  },
  'relay-kept-without-callee': {
    description: 'Leaves the relay open when the callee leaves.',
    breaks: ['relay.closed-by-logout', 'relay.closed-by-disconnect'],
  },
  'relay-kept-without-caller': {
    description: 'Leaves the relay open when the caller leaves.',
    breaks: ['relay.closed-by-logout', 'relay.closed-by-disconnect'],
  },
  'silence-ended-by-either': {
    description: 'Takes a datagram of one party for a sign of both.',
    breaks: ['relay.closed-by-silence'],
  },
  // Errors
  'error-without-reason': {
    description: 'Leaves the message out of errors.',
    breaks: ['frames.valid', 'error.format'],
  },
  'unreadable-line-unanswered': {
    description: 'Drops lines that are no JSON object.',
    breaks: ['error.unreadable'],
  },
  'unknown-type-unanswered': {
    description: 'Drops requests without a type, or of an unknown one.',
    breaks: ['error.unknown-type'],
  },
  'error-closes': {
    description: 'Ends the connection after an error for a line that it cannot read or does not know.',
    breaks: ['error.goes-on'],
  },
} as const satisfies Record<string, FaultDescription>;
