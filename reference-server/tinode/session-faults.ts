import type { FaultDescription } from '../core/behaviour.ts';

export const sessionFaults = {
  'any-version-accepted': {
    description: 'Speaks with clients of any version.',
    breaks: ['hi-06.too-old', 'g-02.codes'],
  },
  'limits-told-again': {
    description: 'Tells its limits in the answer to every hi.',
    breaks: ['hi-12.no-params', 'hi-13.no-params'],
  },
  'anybody-acts-for-others': {
    description: 'Lets every user act in the name of others.',
    breaks: ['env-16.user', 'env-16.level'],
  },
  'root-for-others': {
    description: 'Lets root act for others with the rights of root.',
    breaks: ['env-18.level'],
  },
  'malformed-ends-session': {
    description: 'Puts a session out that has said something malformed.',
    breaks: ['env-02.goes-on', 'env-07.one-answer', 'lp-11.probe'],
  },
  'attached-again': {
    description: 'Answers ok when a session attaches to a topic once more.',
    breaks: ['sub-02.already', 'env-07.neither', 'lea-04.stays', 'sub-35.already', 'sub-40.rest'],
  },
  'first-name-forgotten': {
    description: 'Does not repeat by which name a group was asked for.',
    breaks: ['sub-12.tmpname'],
  },
  'full-group-joined': {
    description: 'Lets more users join a group than fit into it.',
    breaks: ['sub-22.full'],
  },
  'members-may-be-readers': {
    description: 'Lets a member of a channel attach as a reader, too.',
    breaks: ['sub-34.use-other'],
  },
  'access-told-to-all': {
    description: 'Tells all members who are attached how the access of another has changed.',
    breaks: ['sub-45.not-others', 'frames.unasked'],
  },
  'other-sessions-stay': {
    description: 'Puts out only the session that ends a subscription.',
    breaks: ['lea-07.evicted', 'lea-07.p2p'],
  },
  'off-with-every-session': {
    description: 'Tells in a group that a member is off when one of several sessions leaves.',
    breaks: ['lea-14.not-last', 'pres-08.not-again'],
  },
} as const satisfies Record<string, FaultDescription>;
