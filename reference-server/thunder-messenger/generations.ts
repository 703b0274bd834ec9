/**
 * What differs between the releases of Thunder that the plugin has lived in: docs/protocols/thunder-messenger.md. Rules that all of
 * them share stand in the files that obey them.
 */
export type GenerationName = keyof typeof generations;

export interface Refusal {
  readonly code: number;
  readonly message: string;
}

export interface Generation {
  readonly refusals: Readonly<Record<RefusalName, Refusal>>;
  /** The result of join. */
  joined(roomid: string): unknown;
  /** The result of register and unregister. */
  readonly registered: null | 0;
  /** A room is left by the connection that joined it when that ends. */
  readonly closingLeaves: boolean;
  /** Who leaves is told so, if registered. */
  readonly ownLeftIsSeen: boolean;
  /** A name stands for two rooms, one of them secure, also without an access token. */
  readonly hasSecureTwins: boolean;
}

const r5Refusals = {
  alreadyJoined: { code: -31005, message: 'ERROR_ILLEGAL_STATE' },
  badRequest: { code: -31030, message: 'ERROR_BAD_REQUEST' },
  unknownRoomid: { code: -31022, message: 'ERROR_UNKNOWN_KEY' },
  notAdmitted: { code: -32604, message: 'ERROR_PRIVILEGED_REQUEST' },
  incompleteRegistration: { code: -32602, message: 'register and unregister need an event and an id' },
  failedRegistration: { code: -31048, message: 'there is such a registration already, or none to end' },
  unknownMethod: { code: -32601, message: 'there is no such method' },
  unknownCallsign: { code: -31043, message: 'there is no plugin of this callsign' },
  inactiveCallsign: { code: -31002, message: 'the plugin is not active' },
  unknownVersion: { code: -31038, message: 'the interface has no such version' },
  notJson: { code: -31050, message: 'a JSON-RPC request was expected' },
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof r5Refusals;

export const generations = {
  r5: {
    refusals: r5Refusals,
    joined: roomid => roomid,
    registered: null,
    closingLeaves: true,
    ownLeftIsSeen: false,
    hasSecureTwins: false,
  },
  r4: {
    refusals: {
      ...r5Refusals,
      alreadyJoined: { ...r5Refusals.alreadyJoined, code: 5 },
      badRequest: { ...r5Refusals.badRequest, code: -32_603 },
      unknownRoomid: { ...r5Refusals.unknownRoomid, code: 22 },
      failedRegistration: { ...r5Refusals.failedRegistration, code: 48 },
    },
    joined: roomid => ({ roomid }),
    registered: 0,
    closingLeaves: false,
    ownLeftIsSeen: true,
    hasSecureTwins: true,
  },
} as const satisfies Record<string, Generation>;
