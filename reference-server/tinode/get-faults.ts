import type { FaultDescription } from '../core/behaviour.ts';

export const getFaults = {
  'unknown-words-refused': {
    description: 'Refuses a get in which an unknown word stands beside a known one.',
    breaks: ['get-02.passed-over'],
  },
  'parts-as-they-were-asked': {
    description: 'Answers the parts of a get in the order in which they were asked for.',
    breaks: ['get-03.order', 'sub-38.order'],
  },
  'private-told-to-peer': {
    description: 'Shows somebody who has no private value in a conversation that of the other.',
    breaks: ['get-05.own-private'],
  },
  'numbers-told-without-reading': {
    description: 'Tells the number of the last message to those who may not read.',
    breaks: ['get-07.no-numbers'],
  },
  'unchanged-told-again': {
    description: 'Tells what a topic shows also to those who have it already.',
    breaks: ['get-09.unchanged', 'g-20.seconds'],
  },
  'owner-not-counted': {
    description: 'Leaves the owner out when it tells a member how many there are.',
    breaks: ['get-06.count'],
  },
  'defaults-told-to-strangers': {
    description: 'Tells the default access of a group to anybody who asks.',
    breaks: ['get-12.only-owner'],
  },
  'seen-told-while-online': {
    description: 'Tells when somebody was there last also while they are online.',
    breaks: ['get-17.seen-offline'],
  },
  'ended-subscriptions-forgotten': {
    description: 'Does not tell a client that comes back which subscriptions have ended meanwhile.',
    breaks: ['get-21.deleted'],
  },
  'access-of-all-told': {
    description: 'Tells every member the access of all others.',
    breaks: ['get-25.not-others'],
  },
  'who-is-there-told-without-presence': {
    description: 'Tells who is attached to members who have given up presence.',
    breaks: ['get-26.not-online'],
  },
  'tags-told-to-members': {
    description: 'Tells the tags of a group to all its members.',
    breaks: ['get-48.refused'],
  },
} as const satisfies Record<string, FaultDescription>;
