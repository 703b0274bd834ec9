import type { FaultDescription } from '../core/behaviour.ts';

export const conversationFaults = {
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
  'third-conversation-apart': {
    description:
      'Brings what somebody says in the third of their conversations to nobody else, as if each of the two were in one of their own.',
    breaks: ['p2p.same'],
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
    breaks: ['data.topic', 'data.received', 'data.every-session', 'leave.one-session', 'me.again-harmless'],
  },
  'one-session-receives': {
    description: 'Sends messages to one session of each user.',
    breaks: ['data.every-session'],
  },
  'message-overtaken': {
    description: 'Sends the eighth message of a conversation to the other user behind the ninth.',
    breaks: ['data.in-order', 'pub.seq'],
  },
  'delivered-twice': {
    description: 'Sends each message twice to the other user.',
    breaks: ['data.once', 'data.in-order', 'pub.seq', 'frames.unasked', 'me.again-harmless'],
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
