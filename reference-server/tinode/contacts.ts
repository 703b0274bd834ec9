/**
 * What `me` knows of those whose presence its user is told of: people in conversations of two, and groups. Who comes online asks them,
 * and they answer; so each side remembers the other, and is told of a change once.
 *
 * Words between topics: `on` and `off`; `?none` says nothing, `?unkn` asks without telling. After a plus: `en` and `dis` begin and end
 * the interest of this user, `rem` ends the contact. None of this reaches a client.
 */
import type { Contact, Topic } from './topic.ts';

/** What a word leads to: what clients are told, if anything, and what is answered to whoever sent it. */
export interface Reaction {
  readonly told: string | undefined;
  readonly reply: string | undefined;
}

export interface Word {
  readonly what: string;
  readonly from: string;
  readonly wantsReply: boolean;
}

export function hear(me: Topic, { what, from, wantsReply }: Word): Reaction {
  const { word, interest } = parse(what);
  if (!presenceWords.includes(word)) return { told: what, reply: undefined };

  const isOnline = word === 'on' ? true : word === 'off' || word === 'gone' ? false : undefined;
  const told = note(me, from, { word, interest, isOnline });
  const isAsked = wantsReply && (word === 'on' || word === '?unkn');
  const known = interest === 'rem' ? 'off+rem' : 'on';
  return { told, reply: isAsked ? known : undefined };
}

interface Heard {
  readonly word: string;
  readonly interest: string;
  /** Undefined if nothing is said of it. */
  readonly isOnline: boolean | undefined;
}

/** Returns what clients are told. */
function note({ contacts }: Topic, from: string, { word, interest, isOnline }: Heard): string | undefined {
  const clientWord = word.startsWith('?') ? undefined : word;
  const contact = contacts.get(from);
  if (!contact) {
    if (interest === 'rem') return undefined;
    contacts.set(from, { isOnline: isOnline ?? false, isEnabled: interest === 'en' });
    return interest === 'en' ? clientWord : undefined;
  }
  if (interest === 'rem') {
    contacts.delete(from);
    return contact.isEnabled || word !== 'off' ? clientWord : undefined;
  }

  const isNews = changes(contact, interest, isOnline);
  if (interest === 'en') contact.isEnabled = true;
  if (interest === 'dis') contact.isEnabled = false;
  if (!contact.isEnabled) contact.isOnline = false;
  else if (isOnline !== undefined) contact.isOnline = isOnline;
  return isNews ? clientWord : undefined;
}

function changes(contact: Contact, interest: string, isOnline: boolean | undefined): boolean {
  const isOther = isOnline !== undefined && contact.isOnline !== isOnline;
  if (interest === 'en') return !contact.isEnabled || isOther;
  if (interest === 'dis') return contact.isEnabled && contact.isOnline;
  return contact.isEnabled && isOther;
}

/** Who is gone is no contact any more. */
function parse(what: string): { word: string; interest: string } {
  const [word = '', interest = ''] = what.split('+');
  return { word, interest: word === 'gone' ? 'rem' : interest };
}

const presenceWords = ['on', 'off', 'gone', '?none', '?unkn'];
