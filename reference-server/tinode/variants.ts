import type { VariantDescription } from '../core/behaviour.ts';

export type VariantName = keyof typeof variants;

export const variants = {
  'extra-members': {
    description: 'Adds members to its frames that the protocol does not name.',
  },
  'members-reordered': {
    description: 'Writes the members of its frames in reverse order, with blanks and line breaks between them.',
  },
  'letters-escaped': {
    description: 'Writes a letter in the strings of its frames as an escape.',
  },
  'times-in-nanoseconds': {
    description: 'Writes times with nine digits behind the point.',
  },
  'presence-late': {
    description: 'Tells what a request has led to some milliseconds after it has answered the request.',
  },
  'rows-reversed': {
    description: 'Lists topics and members from the latest to the first.',
  },
  'tags-reversed': {
    description: 'Lists tags in reverse order.',
  },
  'finds-reversed': {
    description: 'Lists what has as many of the tags that are looked for from the latest to the first.',
  },
  'private-left-out-of-rows': {
    description: 'Does not list private values on me.',
  },
  'limit-of-what-is-shown': {
    description: 'Does not count subscriptions to me and fnd, which are not shown, to the limit of a list.',
  },
  'taken-alias-refused': {
    description: 'Refuses an alias that another user has.',
  },
  'fragmented-frames': {
    description: 'Sends every frame in two WebSocket fragments.',
  },
} as const satisfies Record<string, VariantDescription>;
