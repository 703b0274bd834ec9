import type { ProtoField, ProtoMessage, ProtoSchema, ProtoType } from './proto-schema.ts';

type Row = readonly [number: number, type: string, many?: 'list'];

/** How protobuf describes a schema in protobuf, as far as it is read here; the numbers are those of descriptor.proto. */
const fieldsOf: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  File: {
    package: [2, 'string'],
    message_type: [4, 'Message', 'list'],
    enum_type: [5, 'Enum', 'list'],
    service: [6, 'Service', 'list'],
  },
  Message: {
    name: [1, 'string'],
    field: [2, 'Field', 'list'],
    nested_type: [3, 'Message', 'list'],
    enum_type: [4, 'Enum', 'list'],
    options: [7, 'Options'],
    oneof_decl: [8, 'Named', 'list'],
  },
  Options: { map_entry: [7, 'bool'] },
  Field: {
    name: [1, 'string'],
    number: [3, 'int32'],
    label: [4, 'int32'],
    type: [5, 'int32'],
    type_name: [6, 'string'],
    oneof_index: [9, 'int32'],
  },
  Named: { name: [1, 'string'] },
  Enum: { name: [1, 'string'], value: [2, 'EnumValue', 'list'] },
  EnumValue: { name: [1, 'string'], number: [2, 'int32'] },
  Service: { name: [1, 'string'], method: [2, 'Method', 'list'] },
  Method: { name: [1, 'string'], input_type: [2, 'string'], output_type: [3, 'string'] },
};

function typeNamed(name: string): ProtoType {
  return name === 'string' || name === 'int32' || name === 'bool' ? { is: name } : { is: 'message', name };
}

export const descriptorSchema: ProtoSchema = {
  messages: new Map(
    Object.entries(fieldsOf).map(([name, fields]): [string, ProtoMessage] => {
      const all = Object.entries(fields).map(
        ([field, [number, type, list]]): ProtoField => ({
          name: field,
          number,
          type: typeNamed(type),
          many: list ?? 'one',
        }),
      );
      const byName = new Map(all.map(field => [field.name, field]));
      return [name, { name, fields: byName, byNumber: new Map(all.map(field => [field.number, field])) }];
    }),
  ),
  enums: new Map(),
  methods: new Map(),
};
