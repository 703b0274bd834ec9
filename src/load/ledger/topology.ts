/** Who sends to whom. All channels are alike; clients and streams are numbered channel by channel. */
export interface Topology {
  readonly channels: number;
  readonly clientsOfChannel: number;
  /** The streams of a channel: one for each publish entry and sender. */
  readonly streamsOfChannel: readonly StreamShape[];
}

export interface StreamShape {
  /** Number of the publish entry. */
  readonly entry: number;
  /** Number of the sender within the channel; `senderElsewhere` if another worker has it. */
  readonly sender: number;
  /** Numbers of those within the channel who must receive. */
  readonly receivers: readonly number[];
}

export const senderElsewhere = -1;

export function streamsOf({ channels, streamsOfChannel }: Topology): number {
  return channels * streamsOfChannel.length;
}

export function clientsOf({ channels, clientsOfChannel }: Topology): number {
  return channels * clientsOfChannel;
}
