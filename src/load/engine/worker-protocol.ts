/**
 * What the controller of a load run and its workers tell each other: plain data that can be cloned, so that a worker may be in this
 * process, in a thread, in another process or on another machine. Instants are microseconds of the run's clock.
 */

import type { TargetReach } from '../../drive/connect-options.ts';
import type { TargetHeader } from '../../evidence/events.ts';
import type { ClockOrigin } from '../../foundation/clock.ts';
import type { FaultOf } from '../../foundation/errors.ts';
import type { Value, ValueObject } from '../../foundation/value.ts';
import type { Replies } from '../http/exchanges.ts';
import type { Counters } from '../ledger/counters.ts';
import type { Fault } from '../ledger/faults.ts';
import type { MessagePart } from '../ledger/message-parts.ts';
import type { TimingName } from '../ledger/timings.ts';
import type { RigReport, RigSecond } from '../metrics/rig.ts';
import type { Share } from './share.ts';
import type { Variation } from './vary-workload.ts';

export type ToWorker =
  /** To a worker that is not where the controller is: what it has to make anew. Comes first. */
  | { readonly tell: 'settle'; readonly setting: WorkerSetting }
  | { readonly tell: 'assign'; readonly assignment: Assignment }
  /** Where channels are cut: every other worker has come to this point of a channel too, and what they bound until then. */
  | { readonly tell: 'go-on'; readonly channel: number; readonly names: Names }
  /** Where channels are cut: what other workers have sent. */
  | { readonly tell: 'sent'; readonly words: SentWords }
  /** To what it has asked. */
  | { readonly tell: 'answer'; readonly id: number; readonly value?: Value; readonly failed?: string }
  | { readonly tell: 'start-at'; readonly times: RunTimes }
  /** Hold is over: wait for what is still under way, then send the result. */
  | { readonly tell: 'drain' }
  /** Stop where you are, and send the result of what has been. */
  | { readonly tell: 'abort'; readonly reason: string };

export type FromWorker =
  | {
      readonly tell: 'ready';
      readonly connections: number;
      readonly openedInUs: number;
      readonly connectedInUs: number;
    }
  /** Somebody could not join: nothing is measured. */
  | { readonly tell: 'not-ready'; readonly failures: readonly JoinFailure[] }
  | { readonly tell: 'stats'; readonly second: SecondOfWorker }
  | { readonly tell: 'fault'; readonly fault: NamedFault }
  /** The target has ended every connection of this worker. */
  | { readonly tell: 'cut-off' }
  /** It cannot go on, and whose fault that is. Its result follows, and counts for nothing. */
  | { readonly tell: 'broken'; readonly faultOf: FaultOf; readonly code: string; readonly message: string }
  /** Where channels are cut: it waits for the others at a point of a channel, and what it bound since the last one. */
  | { readonly tell: 'come-to'; readonly channel: number; readonly names: Names }
  | { readonly tell: 'sent'; readonly words: SentWords }
  /** Where channels are cut: what became of messages, as far as its own receivers go. */
  | { readonly tell: 'parts'; readonly parts: readonly MessagePart[] }
  /** Something that only the controller can do, for it has the target: the facts of a source, a restart. */
  | { readonly tell: 'ask'; readonly id: number; readonly question: Question }
  | { readonly tell: 'result'; readonly result: WorkerResult }
  /** Said for it by its carrier: it is gone, and how. */
  | { readonly tell: 'gone'; readonly how: string };

/** Names of a channel, by slot. */
export type Names = Readonly<Record<string, Value>>;

/** Messages, four numbers each: stream, sequence, when it was due and when it was written. */
export type SentWords = Float64Array;

export type Question =
  | { readonly ask: 'fetch'; readonly source: string; readonly parameters: Value }
  | { readonly ask: 'restart' };

/** From this a worker anywhere on this machine makes suite, target and clock anew. Secrets are in it: it goes by no command line. */
export interface WorkerSetting {
  /** Folder of the pack. */
  readonly suite: string;
  readonly workload: string;
  readonly variation: Variation;
  readonly header: TargetHeader;
  readonly reach: TargetReach;
  readonly secrets: ReadonlyMap<string, string>;
  readonly clock: ClockOrigin;
}

export interface Assignment {
  /** Logical name of the workload. */
  readonly workload: string;
  readonly seed: string;
  readonly tag: string;
  readonly share: Share;
  /** Accounts of a target that lists them, for all channels; empty where accounts are made. */
  readonly accounts: readonly ValueObject[];
  readonly patienceUs: number;
}

export interface RunTimes {
  readonly warmUpAtUs: number;
  readonly holdAtUs: number;
  readonly holdEndUs: number;
}

/** Why a channel could not be joined. */
export interface JoinFailure {
  readonly channel: number;
  readonly client: string;
  /** File and line of the step. */
  readonly at: string;
  readonly message: string;
}

/** A fault with the names that the workload has. */
export interface NamedFault extends Omit<Fault, 'client' | 'stream'> {
  readonly channel: number;
  readonly receiver: string;
  readonly sender?: string;
}

/** One second of a worker. The counts of both timings are those of this second alone. */
export interface SecondOfWorker {
  /** Number of the second, from the begin of hold. */
  readonly second: number;
  /** Since the begin. */
  readonly counters: Counters;
  readonly delivery: Uint32Array;
  readonly sendDelay: Uint32Array;
  readonly rig: RigSecond;
}

export interface WorkerResult {
  readonly counters: Counters;
  readonly timings: Readonly<Record<TimingName, Float64Array>>;
  /** The 99th percentile of each receiver, in microseconds. */
  readonly receiversP99Us: readonly number[];
  /** Of hold. */
  readonly rig: RigReport;
  readonly transport: { readonly name: string; readonly kind: string; readonly fast: boolean };
  /** Over HTTP only. */
  readonly replies?: Replies;
}

/** One side of the line between controller and worker. */
export interface Port<Out, In> {
  post(message: Out): void;
  /** Called once, before anything is posted to this side. */
  listen(hear: (message: In) => void): void;
}

export type WorkerPort = Port<FromWorker, ToWorker>;
export type ControllerPort = Port<ToWorker, FromWorker>;
