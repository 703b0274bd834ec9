import type { FaultDescription } from '../core/behaviour.ts';

export const accessFaults = {
  'owner-gives-up': {
    description: 'Lets the owner of a group give it up without an heir.',
    breaks: ['set-22.refused', 'sub-17.refused'],
  },
  'one-more-than-fits': {
    description: 'Lets members invite more users than fit into a group.',
    breaks: ['set-40.full'],
  },
  'banned-not-put-out': {
    description: 'Takes away the right to join, and leaves the sessions where they are.',
    breaks: ['set-34.evicted', 'steps.done'],
  },
  'ban-not-kept': {
    description: 'Lets those in again who were banned.',
    breaks: ['set-34.kept-out', 'sub-23.banned'],
  },
  'owner-twice': {
    description: 'Leaves a group to its former owner, too, when another has taken it.',
    breaks: ['set-39.lost'],
  },
  'deleted-group-kept': {
    description: 'Puts everybody out of a group that is deleted, and keeps it.',
    breaks: ['del-16.gone', 'sub-43.deleted-group'],
  },
  'put-out-in-words-only': {
    description: 'Ends the subscription of somebody who is put out, and leaves the sessions where they are.',
    breaks: ['del-20.evicted'],
  },
  'sessions-outlive-account': {
    description: 'Goes on serving the other sessions of an account that is deleted.',
    breaks: ['del-25.evicted', 'del-29.evicted'],
  },
  'needed-credential-deleted': {
    description: 'Deletes the last address of an account that must have one.',
    breaks: ['del-31.policy'],
  },
  'any-response-confirms': {
    description: 'Takes any response as the right one for an address.',
    breaks: ['set-54.invalid', 'frames.unasked', 'log-12.again', 'log-12.blocked'],
  },
} as const satisfies Record<string, FaultDescription>;
