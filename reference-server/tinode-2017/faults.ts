import type { FaultDescription } from '../core/behaviour.ts';

export type FaultName = keyof typeof faults;

export const faults = {
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
  'any-password-taken': {
    description: 'Logs in with any password.',
    breaks: ['login.failed'],
  },
  'failed-login-is-final': {
    description: 'Refuses every login of a session after one has failed.',
    breaks: ['login.again'],
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
  'public-not-changed': {
    description: 'Confirms a change of what one shows, and does not make it.',
    breaks: ['me.public-changes'],
  },
  'rows-name-their-reader': {
    description: 'Lists conversations under the id of who asks.',
    breaks: ['me.conversations', 'me.public-changes', 'me.seen', 'sub.get', 'get.several'],
  },
  'rows-not-numbered': {
    description: 'Lists conversations without the number of their last message.',
    breaks: ['me.conversations-seq'],
  },
  'last-seen-missing': {
    description: 'Does not tell when somebody was online last.',
    breaks: ['me.seen'],
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
  'served-before-sub': {
    description: 'Answers a get on a topic to which the session is not subscribed.',
    breaks: ['history.needs-sub', 'me.again-harmless'],
  },
  'history-of-three': {
    description: 'Returns the last three messages only.',
    breaks: ['history.whole', 'history.returned', 'history.ascending'],
  },
  'newest-first': {
    description: 'Returns messages and records from the newest to the oldest.',
    breaks: ['history.ascending', 'history.returned', 'history.lasts', 'me.data'],
  },
  'history-not-ended': {
    description: 'Returns messages and records without an answer at their end.',
    breaks: ['history.end', 'history.none', 'me.data', 'get.several', 'sub.get-everywhere'],
  },
  'history-restamped': {
    description: 'Returns messages with other times than when they were sent.',
    breaks: ['data.time'],
  },
  'history-ends-with-last-session': {
    description: 'Forgets the messages of a conversation that everybody has left.',
    breaks: ['history.lasts'],
  },
  'nobody-joined': {
    description: 'Answers ok to a sub to the id of nobody.',
    breaks: ['p2p.unknown'],
  },
  'published-before-sub': {
    description: 'Takes messages of a session that is not subscribed to their topic.',
    breaks: ['pub.needs-sub'],
  },
  'number-skipped': {
    description: 'Counts messages by two.',
    breaks: ['pub.seq', 'history.ascending'],
  },
  'no-copy-to-sender': {
    description: 'Does not send a message to the session that it is from.',
    breaks: ['pub.own-copy'],
  },
  'topic-named-as-sender-does': {
    description: 'Sends messages with the name that their topic has for the sender.',
    breaks: [
      'data.topic',
      'data.received',
      'data.in-order',
      'data.every-session',
      'leave.one-session',
      'me.again-harmless',
    ],
  },
  'one-session-receives': {
    description: 'Sends messages to one session of each user.',
    breaks: ['data.every-session'],
  },
  'delivered-twice': {
    description: 'Sends each message twice to the other user.',
    breaks: ['data.once', 'frames.unasked', 'me.again-harmless'],
  },
  'delivered-to-others-too': {
    description: 'Sends a message also to those who are in other conversations with its sender.',
    breaks: ['data.only-subscribed', 'frames.unasked'],
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
    breaks: ['leave.stops', 'leave.not-joined', 'leave.noticed', 'leave.return'],
  },
  'left-for-good': {
    description: 'Refuses a session that subscribes again to a conversation that it has left.',
    breaks: ['leave.return'],
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
