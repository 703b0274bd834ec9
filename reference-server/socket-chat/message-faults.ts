import type { FaultDescription } from '../core/behaviour.ts';

export const messageFaults = {
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
  'global-address-made-up': {
    description: 'Makes an address of the username for that of who sent a global message.',
    breaks: ['global.from'],
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
  'personal-names-recipient': {
    description: 'Says the address of the recipient in the place of the address of who sent a personal message.',
    breaks: ['personal.from'],
  },
  'media-unacknowledged': {
    description: 'Does not acknowledge a message with media to somebody who is logged in.',
    breaks: ['personal.acknowledged'],
  },
  'acknowledged-with-another-id': {
    description: 'Acknowledges a personal message with another id than its recipient sees, be it the sender.',
    breaks: ['personal.same-id', 'personal.delivered'],
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
