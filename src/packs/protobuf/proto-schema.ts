/** A protobuf schema as far as messages need it to be read and written. */
export interface ProtoSchema {
  /** By full name: `pbx.ClientMsg`. */
  readonly messages: ReadonlyMap<string, ProtoMessage>;
  readonly enums: ReadonlyMap<string, ProtoEnum>;
  /** By path: `/pbx.Node/MessageLoop`. */
  readonly methods: ReadonlyMap<string, ProtoMethod>;
}

export interface ProtoMessage {
  /** Without the package: `ClientDel`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, ProtoField>;
  readonly byNumber: ReadonlyMap<number, ProtoField>;
}

export interface ProtoField {
  readonly name: string;
  readonly number: number;
  readonly type: ProtoType;
  readonly many: 'one' | 'list' | 'map';
  /** At most one of the fields with the same name of a oneof is set. */
  readonly oneof?: string;
}

/** Of one value: of a list that of an element, of a map (its keys are text) that of a value. */
export type ProtoType =
  | { readonly is: ProtoScalar }
  | { readonly is: 'enum'; readonly of: ProtoEnum }
  /** Resolved when it is used: messages may hold themselves. */
  | { readonly is: 'message'; readonly name: string };

export type ProtoScalar = 'bool' | 'int32' | 'int64' | 'string' | 'bytes';

export interface ProtoEnum {
  readonly name: string;
  readonly numbers: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
}

export interface ProtoMethod {
  /** Full names of messages. */
  readonly request: string;
  readonly response: string;
}
