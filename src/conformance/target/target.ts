import type { TargetReach } from '../../drive/connect-options.ts';
import type { DriveTarget } from '../../drive/drive-execution.ts';
import type { TargetHeader } from '../../evidence/events.ts';
import type { Value, ValueObject } from '../../foundation/value.ts';
import type { OpenConnection } from '../../transports/connection.ts';

/** A target that is up: where it listens, what it can, whose accounts it takes. */
export interface Target extends DriveTarget {
  readonly header: TargetHeader;
  /** Accounts of `mode: list`, with secrets as references. */
  readonly accounts: readonly ValueObject[];
  readonly secrets: ReadonlyMap<string, string>;
  readonly reach: TargetReach;
  /** The most connections that it takes at once. */
  readonly connectionLimit: number;
  readonly canRestart: boolean;
  /** Processes that we started as this target; what they have started is not among them. */
  processIds(): readonly number[];
  /** Throws an AntiphonError of fault `target` that names address and cause. */
  ensureReachable(): Promise<void>;
  fetch(source: string, parameters: Value): Promise<Value>;
  restart(): Promise<void>;
  /** What opens clients on this transport. */
  openOn(transport: string): OpenConnection;
  /** Ends what we started; resolves when it is gone. */
  stop(): Promise<void>;
}
