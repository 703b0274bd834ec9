import type { Behaviour, FaultDescription, VariantDescription } from './behaviour.ts';
import type { Account } from './credentials.ts';
import type { Domain } from './domain.ts';
import type { Front, FrontSurroundings } from './front.ts';
import type { Outbound } from './outbound.ts';

export interface ReferenceServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 if not given. */
  readonly host?: string;
  /** Users who are known from the start. A user listed twice has two tokens. */
  readonly users?: readonly Account[];
  /** Accept any user whose token is not empty. */
  readonly demo?: boolean;
  /** In milliseconds, by the names that the protocol has. */
  readonly timers?: Readonly<Record<string, number>>;
  readonly limits?: Readonly<Record<string, number>>;
  /** One of the protocol's, if it has several; else, the first of them. */
  readonly generation?: string;
  readonly faults?: readonly string[];
  readonly variants?: readonly string[];
  /** Processes that own the sockets, beside this one with the protocol's state. Without it, this one has both. */
  readonly workers?: number;
  /** File to which one-time passwords are appended, of a protocol that mails them. */
  readonly otpLog?: string;
  /** Host and port of another program that is asked before requests are served, of a protocol that has such. */
  readonly plugin?: string;
  /** Behaviour of a null server, which is started in the place of the protocol's own. */
  readonly nullBehaviour?: string;
  readonly log?: (line: string) => void;
}

export interface Endpoint {
  readonly transport: string;
  readonly url: string;
}

export interface RunningServer {
  readonly endpoints: readonly Endpoint[];
  /** How often each fault and variant that is on made a difference. What workers have done counts once they have stopped. */
  fired(): Record<string, number>;
  /** Closes every connection and resolves when all are gone; cuts those that do not go. */
  stop(): Promise<void>;
}

export interface SettingDescription {
  readonly description: string;
  readonly defaultValue: number;
  readonly leastValue: number;
}

export interface ProtocolDescription {
  readonly name: string;
  readonly faults: Readonly<Record<string, FaultDescription>>;
  readonly variants: Readonly<Record<string, VariantDescription>>;
  readonly limits: Readonly<Record<string, SettingDescription>>;
  readonly timers: Readonly<Record<string, SettingDescription>>;
  /** Of a protocol that has several, the one that is served by default first. */
  readonly generations?: readonly string[];
  readonly hasOneTimePasswords?: true;
  readonly hasPlugin?: true;
  /** Its front asks its domain and needs the answer at once, so both are in one process: `workers` is refused. */
  readonly isOneProcess?: true;
}

/** The options, checked: every name is one of the protocol's, every limit and timer has a value. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly users: readonly Account[];
  readonly demo: boolean;
  readonly timers: Readonly<Record<string, number>>;
  readonly limits: Readonly<Record<string, number>>;
  /** Undefined where the protocol has one only. */
  readonly generation?: string;
  readonly faults: readonly string[];
  readonly variants: readonly string[];
  /** 0: none but this process. */
  readonly workers: number;
  readonly otpLog: string | undefined;
  readonly plugin: string | undefined;
  readonly log: (line: string) => void;
}

export interface ReferenceProtocol extends ProtocolDescription {
  createDomain(settings: Settings, surroundings: DomainSurroundings): Domain;
  /** Opens its sockets and resolves once they listen. */
  openFront(settings: Settings, surroundings: ProtocolFrontSurroundings): Promise<Front>;
  /** For null servers, which know no protocol: how this one says no. If it is not there, they say so in words of their own. */
  readonly refuse?: Refuse;
}

export interface DomainSurroundings {
  readonly behaviour: Behaviour;
  /** Carries out what is caused outside of an answer, such as by a timer. */
  readonly carryOut: (items: readonly Outbound[]) => void;
}

export interface ProtocolFrontSurroundings extends FrontSurroundings {
  readonly behaviour: Behaviour;
  /** The one that `createDomain` made, where it is in this process. */
  readonly domain?: Domain;
}

/** What a client sent. */
export interface Received {
  readonly transport: string;
  /** The message, or the body of an HTTP request. */
  readonly text: string;
  /** Messages are bytes, each of which is one character of the text; so are those of refusals. */
  readonly isBinary?: true;
}

export interface Refusal {
  readonly text: string;
  /** Of the HTTP answer; 400 if not given. */
  readonly status?: number;
}

/** Answers a message with the protocol's error, whatever it asks for: one answer for each that is due. Never throws. */
export type Refuse = (received: Received) => readonly Refusal[];
