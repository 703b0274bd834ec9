/** A protobuf message as it is, without a scenario's names: what is not there is not set. */
export interface ProtoObject {
  readonly [field: string]: ProtoValue;
}

/** 32-bit integers are numbers, 64-bit ones bigints; an enum is its name, or a number that has none. */
export type ProtoValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | readonly ProtoValue[]
  | ReadonlyMap<string, ProtoValue>
  | ProtoObject;
