import type { FaultDescription } from '../core/behaviour.ts';

export const accountFaults = {
  'served-before-hi': {
    description: 'Serves requests of a connection that has not said hi.',
    breaks: ['hi.first', 'hi.first-code', 'answer.text'],
  },
  'any-version-accepted': {
    description: 'Says hello to clients of any version.',
    breaks: ['hi.unsupported', 'hi.unsupported-newer'],
  },
  'closes-on-unsupported-version': {
    description: 'Closes the connection after a hi of a version that it does not support.',
    breaks: ['hi.again'],
  },
  'id-trimmed': {
    description: 'Cuts blanks off the id of its answers.',
    breaks: ['answer.id'],
  },
  'id-in-ascii': {
    description: 'Writes ids of its answers in ASCII.',
    breaks: ['answer.id'],
  },
  'other-words': {
    description: 'Says other words with its codes.',
    breaks: ['answer.text'],
  },
  'answer-untimed': {
    description: 'Does not tell when it says what is known of a topic.',
    breaks: ['answer.time', 'frames.valid'],
  },
  'served-before-login': {
    description: 'Answers ok to a sub of a session that has not logged in.',
    breaks: ['login.needed', 'login.every-connection'],
  },
  'public-missing-in-answer': {
    description: 'Describes a new account without what it shows to others.',
    breaks: ['acc.profile'],
  },
  'public-must-be-object': {
    description: 'Keeps nothing of what a new account is to show if it is no object.',
    breaks: ['acc.profile', 'me.public'],
  },
  'tags-forgotten': {
    description: 'Keeps no tags of a new account.',
    breaks: ['fnd.found', 'fnd.any-tag', 'fnd.own-query'],
  },
  'duplicate-account-made': {
    description: 'Makes an account whose login name is taken.',
    breaks: ['acc.duplicate'],
  },
  'account-made-while-authenticated': {
    description: 'Makes an account for a session that has logged in.',
    breaks: ['acc.authenticated'],
  },
  'refused-account-made': {
    description: 'Makes an account for a session that has logged in, and says that it did not.',
    breaks: ['acc.authenticated-harmless'],
  },
  'new-account-logged-in': {
    description: 'Logs a session in with the account that it makes, whether it asks for that or not.',
    breaks: ['acc.not-logged-in'],
  },
  'id-given-twice': {
    description: 'Gives an account that has the tags of another the id of that one.',
    breaks: ['acc.own-id'],
  },
  'password-in-small-letters': {
    description: 'Keeps the password of a new account in small letters.',
    breaks: ['acc.secret'],
  },
  'any-password-taken': {
    description: 'Logs in with any password.',
    breaks: ['login.failed'],
  },
  'failed-login-is-final': {
    description: 'Refuses every login of a session after one has failed.',
    breaks: ['login.again'],
  },
  'token-no-base64': {
    description: 'Writes a word before its tokens, so that they are no base64.',
    breaks: ['login.token-base64'],
  },
  'token-refused': {
    description: 'Refuses tokens that it has issued.',
    breaks: ['login.token'],
  },
  'login-again-accepted': {
    description: 'Lets a session log in that has logged in, also as another user.',
    breaks: ['login.authenticated'],
  },
  'three-sessions-each': {
    description: 'Ends the login of the oldest session of a user who logs in a fourth time.',
    breaks: ['login.several'],
  },
} as const satisfies Record<string, FaultDescription>;
