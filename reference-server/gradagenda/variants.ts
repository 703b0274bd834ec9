import type { VariantDescription } from '../core/behaviour.ts';

export type VariantName = keyof typeof variants;

export const variants = {
  'answers-in-batch': {
    description: 'Sends several answers to one frame as a batch, or as several where one would not fit.',
  },
  'batches-of-one': {
    description: 'Sends every action as a batch of its own.',
  },
  'extra-succeeded': {
    description: 'Sends a status response "succeeded" after a broadcast or session info that answers a request.',
  },
  'extra-succeeded-first': {
    description: 'Sends a status response "succeeded" before a broadcast or session info that answers a request.',
  },
  'other-texts': {
    description: 'Explains every status in other words, in another script.',
  },
  'no-texts': {
    description: 'Explains nothing: status responses have no message.',
  },
  'extra-members': {
    description: 'Adds members to its actions that the specification does not name.',
  },
  'members-reordered': {
    description: 'Writes the members of its actions in reverse order, with blanks and line breaks between them.',
  },
  'participants-reordered': {
    description: 'Lists participants in reverse order.',
  },
  'ids-shaped-otherwise': {
    description: 'Gives sessions ids with blanks, quotes, and letters outside ASCII.',
  },
  'fragmented-frames': {
    description: 'Sends every action in two WebSocket fragments.',
  },
  'closes-with-policy-violation': {
    description: 'Closes with 1008 on frames over the limit and on what is not a JSON object.',
  },
  'closes-before-authentication': {
    description: 'Closes with 1008 on an action before authentication.',
  },
  'closes-without-cdid': {
    description: 'Closes with 1007 on an action whose cdid is missing or not text.',
  },
  'no-authentication-in-batch': {
    description: 'Fails an authentication inside a batch.',
  },
  'silent-empty-listing': {
    description: 'Sends nothing when there is no session to list.',
  },
  'direct-with-oneself': {
    description: 'Has a direct session of a user with themselves.',
  },
  'no-session-of-one': {
    description: 'Fails the creation of a session with an empty list.',
  },
} as const satisfies Record<string, VariantDescription>;
