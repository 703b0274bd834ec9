import type { FaultDescription } from '../core/behaviour.ts';

export const meFaults = {
  'on-at-login': {
    description: 'Tells that somebody is online as soon as they log in.',
    breaks: ['pres.not-at-login'],
  },
  'second-sub-accepted': {
    description: 'Answers ok when a session subscribes to a topic once more.',
    breaks: ['me.again'],
  },
  'get-in-sub-ignored': {
    description: 'Answers a sub and not the get inside it.',
    breaks: ['sub.get', 'sub.get-everywhere'],
  },
  'parts-before-answer': {
    description: 'Answers the get inside a sub before the sub.',
    breaks: ['sub.get-first'],
  },
  'sub-with-get-on-me-only': {
    description: 'Answers the get inside a sub on me, and on no other topic.',
    breaks: ['sub.get-everywhere'],
  },
  'me-one-behind': {
    description: 'Tells the last but one record as the last of me.',
    breaks: ['me.seq'],
  },
  'made-a-second-later': {
    description: 'Tells on me that the account was made a second later than it was.',
    breaks: ['me.desc'],
  },
  'public-not-changed': {
    description: 'Confirms a change of what one shows, and does not make it.',
    breaks: ['me.public-changes'],
  },
  'rows-name-their-reader': {
    description: 'Lists conversations under the id of who asks.',
    breaks: ['me.conversations', 'sub.get', 'get.several'],
  },
  'rows-not-numbered': {
    description: 'Lists conversations without the number of their last message.',
    breaks: ['me.conversations-seq'],
  },
  'last-seen-missing': {
    description: 'Does not tell when somebody was online last.',
    breaks: ['me.seen'],
  },
  'seen-while-on': {
    description: 'Tells when somebody was online last also while they are online.',
    breaks: ['me.seen-not-on'],
  },
  'records-not-kept': {
    description: 'Has no records of who has begun a conversation.',
    breaks: ['me.data', 'sub.get', 'get.several'],
  },
  'record-names-sides-wrongly': {
    description: 'Takes the two users for each other in a record of who has begun a conversation.',
    breaks: ['me.record'],
  },
  'record-not-told': {
    description: 'Keeps a record of who has begun a conversation, and does not send it at once.',
    breaks: ['me.record-at-once'],
  },
  'on-not-told': {
    description: 'Tells nobody that somebody has come online.',
    breaks: ['pres.on', 'pres.every-session'],
  },
  'on-told-to-strangers': {
    description: 'Tells everybody that somebody has come online, also those who have no conversation with them.',
    breaks: ['pres.only-known', 'frames.unasked'],
  },
  'one-session-told': {
    description: 'Tells one session of a user only.',
    breaks: ['pres.every-session'],
  },
  'told-off-me': {
    description: 'Tells all sessions of a user if one of them is on me.',
    breaks: ['pres.only-on-me', 'pres.after-leaving-me', 'frames.unasked'],
  },
  'off-while-still-on': {
    description: 'Tells that somebody is offline when one of several sessions goes.',
    breaks: ['pres.off-at-last'],
  },
  'on-when-cut': {
    description: 'Keeps a session on me when its connection ends.',
    breaks: ['pres.on', 'me.seen'],
  },
  'message-not-noticed': {
    description: 'Tells nobody of messages that they do not receive.',
    breaks: ['pres.message', 'pres.every-session', 'leave.noticed'],
  },
  'message-sent-to-me': {
    description: 'Sends a message to sessions on me that are not in the conversation.',
    breaks: ['pres.not-the-message', 'leave.stops', 'frames.unasked'],
  },
  'notice-one-ahead': {
    description: 'Tells of a message with the number of the one after it.',
    breaks: ['pres.message', 'pres.every-session', 'leave.noticed'],
  },
  'found-without-tags': {
    description: 'Finds those who have no tags, whatever is looked for.',
    breaks: ['fnd.without-tags', 'fnd.found', 'fnd.nobody', 'fnd.any-tag', 'fnd.own-query'],
  },
  'tagless-unreachable': {
    description: 'Lets nobody begin a conversation with somebody who has no tags.',
    breaks: ['fnd.reachable'],
  },
  'tag-found-by-more': {
    description: 'Finds a tag also by text that begins with it.',
    breaks: ['fnd.nobody'],
  },
  'all-tags-shown': {
    description: 'Shows all tags of those who are found.',
    breaks: ['fnd.matched'],
  },
  'every-tag-must-match': {
    description: 'Finds only those who have all the tags that are looked for.',
    breaks: ['fnd.any-tag'],
  },
  'query-not-cleared': {
    description: 'Keeps the tags that are looked for when they are set to none.',
    breaks: ['fnd.cleared'],
  },
  'query-shared-with-peers': {
    description: 'Has those who have a conversation look for the same.',
    breaks: ['fnd.own-query'],
  },
} as const satisfies Record<string, FaultDescription>;
