import type { VariantDescription } from '../core/behaviour.ts';

export type VariantName = keyof typeof variants;

export const variants = {
  'message-before-answer': {
    description: "Sends a message to everybody, its sender included, before it answers the sender's pub.",
  },
  'parts-reversed': {
    description: 'Answers the parts of a get in the order data, sub, desc.',
  },
  'extra-members': {
    description: 'Adds members to its frames that the document does not name.',
  },
  'members-reordered': {
    description: 'Writes the members of its frames in reverse order, with blanks and line breaks between them.',
  },
  'texts-in-capitals': {
    description: 'Writes the texts of its answers in capitals.',
  },
  'letters-reordered': {
    description: 'Writes the letters of access modes in reverse order.',
  },
  'peers-may-approve': {
    description: 'Has the letter A in what a new account grants to others: JRWPA.',
  },
  'tokens-issued-anew': {
    description: 'Answers a login by token with another token.',
  },
  'times-in-local-zone': {
    description: 'Writes times with an offset from UTC and more digits than milliseconds.',
  },
  'errors-name-topic': {
    description: 'Names the topic when somebody is subscribed already.',
  },
  'errors-without-topic': {
    description: 'Leaves out the topic when somebody leaves what they have not joined.',
  },
  'no-rows-left-out': {
    description: 'Leaves out the list of rows if there are none.',
  },
  'zeros-written': {
    description: 'Writes numbers that are zero.',
  },
  'goes-off-in-silence': {
    description: 'Tells nobody that somebody has gone offline.',
  },
  'tells-who-is-on': {
    description: 'Tells somebody who comes online which of the others are.',
  },
  'tells-of-access': {
    description: 'Sends a notice of a kind that the document does not describe when somebody begins a conversation.',
  },
  'notice-besides-message': {
    description: 'Sends a notice of a message also to those who receive the message itself.',
  },
  'fragmented-frames': {
    description: 'Sends every frame in two WebSocket fragments.',
  },
} as const satisfies Record<string, VariantDescription>;
