import type { FaultDescription } from '../core/behaviour.ts';

export type FaultName = keyof typeof faults;

export const faults = {
  'served-before-hi': {
    description: 'Serves requests of a connection that has not said hi.',
    breaks: ['hi.first'],
  },
  'any-version-accepted': {
    description: 'Says hello to clients of any version.',
    breaks: ['hi.unsupported'],
  },
  'closes-on-unsupported-version': {
    description: 'Closes the connection after a hi of a version that it does not support.',
    breaks: ['hi.again'],
  },
  'id-dropped': {
    description: 'Leaves the id out of its answers.',
    breaks: ['answer.id'],
  },
  'id-altered': {
    description: 'Adds a character to the id of its answers.',
    breaks: ['answer.id'],
  },
  'served-before-login': {
    description: 'Answers ok to everything that a session asks for before it has logged in.',
    breaks: ['login.needed'],
  },
  'public-forgotten': {
    description: 'Keeps nothing of what a new account is to show to others.',
    breaks: ['acc.profile'],
  },
  'tags-forgotten': {
    description: 'Keeps no tags of a new account.',
    breaks: ['fnd.found'],
  },
  'duplicate-account-made': {
    description: 'Makes an account whose login name is taken.',
    breaks: ['acc.duplicate'],
  },
  'account-made-while-authenticated': {
    description: 'Makes an account for a session that has logged in.',
    breaks: ['acc.authenticated'],
  },
  'new-account-logged-in': {
    description: 'Logs a session in with the account that it makes, whether it asks for that or not.',
    breaks: ['acc.not-logged-in'],
  },
  'any-password-taken': {
    description: 'Logs in with any password.',
    breaks: ['login.failed'],
  },
  'token-refused': {
    description: 'Refuses tokens that it has issued.',
    breaks: ['login.token'],
  },
  'login-again-accepted': {
    description: 'Lets a session log in that has logged in, also as another user.',
    breaks: ['login.authenticated'],
  },
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
    breaks: ['sub.get'],
  },
  'sub-with-get-on-me-only': {
    description: 'Answers the get inside a sub on me, and on no other topic.',
    breaks: ['sub.get-everywhere'],
  },
  'me-one-behind': {
    description: 'Tells the last but one record as the last of me.',
    breaks: ['me.seq'],
  },
  'public-not-changed': {
    description: 'Confirms a change of what one shows, and does not make it.',
    breaks: ['me.public-changes'],
  },
  'rows-name-their-reader': {
    description: 'Lists conversations under the id of who asks.',
    breaks: ['me.conversations'],
  },
  'last-seen-missing': {
    description: 'Does not tell when somebody was online last.',
    breaks: ['me.seen'],
  },
  'records-not-kept': {
    description: 'Has no records of who has begun a conversation.',
    breaks: ['me.record'],
  },
  'record-not-told': {
    description: 'Keeps a record of who has begun a conversation, and does not send it at once.',
    breaks: ['me.record-at-once'],
  },
  'on-not-told': {
    description: 'Tells nobody that somebody has come online.',
    breaks: ['pres.on'],
  },
  'on-told-to-strangers': {
    description: 'Tells everybody that somebody has come online, also those who have no conversation with them.',
    breaks: ['pres.only-known'],
  },
  'one-session-told': {
    description: 'Tells one session of a user only.',
    breaks: ['pres.every-session'],
  },
  'told-off-me': {
    description: 'Tells all sessions of a user if one of them is on me.',
    breaks: ['pres.only-on-me'],
  },
  'off-while-still-on': {
    description: 'Tells that somebody is offline when one of several sessions goes.',
    breaks: ['pres.off-at-last'],
  },
  'message-not-noticed': {
    description: 'Tells nobody of messages that they do not receive.',
    breaks: ['pres.message'],
  },
  'notice-one-behind': {
    description: 'Tells of a message with the number of the one before it.',
    breaks: ['pres.message'],
  },
  'found-without-tags': {
    description: 'Finds those who have no tags, whatever is looked for.',
    breaks: ['fnd.without-tags'],
  },
  'tagless-unreachable': {
    description: 'Lets nobody begin a conversation with somebody who has no tags.',
    breaks: ['fnd.reachable'],
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
  'one-query-for-all': {
    description: 'Has everybody look for the tags that anybody has set last.',
    breaks: ['fnd.own-query'],
  },
  'served-before-sub': {
    description: 'Answers a get on a topic to which the session is not subscribed.',
    breaks: ['history.needs-sub'],
  },
  'history-of-three': {
    description: 'Returns the last three messages only.',
    breaks: ['history.whole'],
  },
  'newest-first': {
    description: 'Returns messages and records from the newest to the oldest.',
    breaks: ['history.ascending'],
  },
  'history-not-ended': {
    description: 'Returns messages and records without an answer at their end.',
    breaks: ['history.end'],
  },
  'published-before-sub': {
    description: 'Takes messages of a session that is not subscribed to their topic.',
    breaks: ['pub.needs-sub'],
  },
  'number-skipped': {
    description: 'Counts messages by two.',
    breaks: ['pub.seq'],
  },
  'no-copy-to-sender': {
    description: 'Does not send a message to the session that it is from.',
    breaks: ['pub.own-copy'],
  },
  'topic-named-as-sender-does': {
    description: 'Sends messages with the name that their topic has for the sender.',
    breaks: ['data.topic'],
  },
  'one-session-receives': {
    description: 'Sends messages to one session of each user.',
    breaks: ['data.every-session'],
  },
  'delivered-twice': {
    description: 'Sends each message twice.',
    breaks: ['data.once'],
  },
  'delivered-to-everybody': {
    description: 'Sends messages to every session that has logged in.',
    breaks: ['data.only-subscribed'],
  },
  'content-cut': {
    description: 'Cuts texts after 40 characters.',
    breaks: ['data.content'],
  },
  'content-made-text': {
    description: 'Sends content that is no text as the text of its JSON.',
    breaks: ['data.any-content'],
  },
  'left-in-words-only': {
    description: 'Confirms that a session has left a conversation, and goes on sending to it.',
    breaks: ['leave.stops'],
  },
  'every-session-leaves': {
    description: 'Detaches all sessions of a user when one of them leaves.',
    breaks: ['leave.one-session'],
  },
  'left-again': {
    description: 'Answers ok to a session that leaves what it has not joined.',
    breaks: ['leave.not-joined'],
  },
  'malformed-topic-not-joined': {
    description: 'Treats names that no topic can have like topics that were not joined.',
    breaks: ['leave.malformed'],
  },
} as const satisfies Record<string, FaultDescription>;
