/** Names of topics as clients write them: me, fnd, new, and ids of users and groups, which are three letters and 64 bits in base64url. */
export type UserId = string;
export type GroupId = string;

export type TopicName =
  | { readonly kind: 'me' | 'fnd' | 'new' }
  | { readonly kind: 'p2p'; readonly peer: UserId }
  | { readonly kind: 'group'; readonly group: GroupId };

/** Undefined if nothing could ever have this name. */
export function readTopicName(text: string): TopicName | undefined {
  if (text === 'me' || text === 'fnd' || text === 'new') return { kind: text };
  if (userId.test(text)) return { kind: 'p2p', peer: text };
  if (groupId.test(text)) return { kind: 'group', group: text };
  return undefined;
}

/** Whether the text is the id of some user, be there one or not. The one whose bits are zero stands for nobody. */
export function readsAsUser(text: string): boolean {
  return userId.test(text) && Buffer.from(text.slice(3), 'base64url').some(byte => byte !== 0);
}

export function writeUserId(bits: Uint8Array): UserId {
  return `usr${Buffer.from(bits).toString('base64url')}`;
}

export function writeGroupId(bits: Uint8Array): GroupId {
  return `grp${Buffer.from(bits).toString('base64url')}`;
}

export const idBytes = 8;

const userId = /^usr[\w-]{11}$/;
const groupId = /^grp[\w-]{11}$/;
