/** Who hears whom on the bare server: plain data, told to its process. */
export interface BareTopology {
  readonly framing: 'websocket' | 'lines';
  /** Messages are acknowledged to who sends them. */
  readonly acknowledges: boolean;
  /** By publish entry: numbers of the users of a channel who must have its messages, and whether who sends one is among them. */
  readonly audiences: readonly Audience[];
}

export interface Audience {
  readonly to: readonly number[];
  readonly copy: boolean;
}
