import type { FaultDescription } from '../core/behaviour.ts';

export const accountFaults = {
  'any-password-taken': {
    description: 'Takes any password for the right one.',
    breaks: ['log-03.password', 'acc-21.old', 'steps.done'],
  },
  'unknown-login-told': {
    description: 'Tells that nobody has a login.',
    breaks: ['log-03.unknown', 'acc-23.changed', 'log-10.deleted', 'g-08.secret'],
  },
  'second-login-confirmed': {
    description: 'Answers ok to a second login, which changes nothing.',
    breaks: ['log-08.already'],
  },
  'suspended-logs-in': {
    description: 'Lets users log in who are suspended.',
    breaks: ['log-09.suspended', 'acc-33.suspended'],
  },
  'unverified-logged-in': {
    description: 'Logs in before credentials are verified, and says that it has not.',
    breaks: ['acc-17.not-logged-in', 'log-11.not-logged-in', 'log-12.blocked'],
  },
  'reset-tells-who-is-known': {
    description: 'Tells that nobody has an address for which a reset is asked.',
    breaks: ['log-14.unknown'],
  },
  'short-password-taken': {
    description: 'Makes accounts with passwords of any length.',
    breaks: ['acc-05.refused'],
  },
  'state-by-anybody': {
    description: 'Lets anybody make accounts that are suspended.',
    breaks: ['acc-13.refused'],
  },
} as const satisfies Record<string, FaultDescription>;
