import type { VariantDescription } from '../core/behaviour.ts';

export type VariantName = keyof typeof variants;

export const variants = {
  'other-texts': {
    description: 'Explains everything in other words, in another script.',
  },
  'extra-members': {
    description: 'Adds members to its lines that the document does not name.',
  },
  'members-reordered': {
    description: 'Writes the members of its lines in reverse order, with blanks between them.',
  },
  'escaped-texts': {
    description: 'Escapes slashes and everything beyond ASCII in the texts that it writes.',
  },
  'lists-reordered': {
    description: 'Lists friends and users in reverse order.',
  },
  'ids-shaped-otherwise': {
    description: 'Gives messages long ids with blanks, quotes, and signs outside ASCII.',
  },
  'crlf-lines': {
    description: 'Ends its lines with CR and LF.',
  },
  'lines-in-segments': {
    description: 'Sends every line in two segments.',
  },
  'delivered-before-acknowledged': {
    description: 'Delivers a personal message before it acknowledges it, which shows where one writes to oneself.',
  },
  'invalid-for-failed': {
    description: 'Calls every error "invalid" but those of registration, verification and login.',
  },
  'general-before-login': {
    description: 'Answers whatever comes before login with an error of type "general".',
  },
  'unknown-type-named': {
    description: 'Answers a request of an unknown type with an error of that type.',
  },
  'login-needs-both-keys': {
    description: 'Fails a login that leaves out one of username and email instead of giving null.',
  },
  'email-decides': {
    description: 'Where username and email are of two accounts, logs in to that of the email.',
  },
  'one-login-at-a-time': {
    description: 'Fails the login to an account that is logged in on another connection.',
  },
  'busy-is-offline': {
    description: 'Says of a callee who is in another call that they are offline.',
  },
  'unknown-callee-refused': {
    description: 'Answers a call to an address that nobody has with an error instead of offline.',
  },
  'port-as-number': {
    description: 'Gives the port of an accepted call as a number.',
  },
  'early-datagrams-kept': {
    description: 'Keeps datagrams of a call until the other party is known, instead of dropping them.',
  },
} as const satisfies Record<string, VariantDescription>;
